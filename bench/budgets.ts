import type { BenchCase, Verdict } from './document.ts';

/** A limit on what a case may take. */
interface Budget {
  name: string;
  judge(one: BenchCase): { measured: number; limit: number };
}

const hundredths = (value: number): number => Math.round(value * 100) / 100;

/** docs/performance.md says why. */
const budgets: readonly Budget[] = [
  {
    name: 'sequential AWS round trips, one more for each extra page of a listing',
    judge: ({ counts, roundTripLimit }) => ({
      measured: counts.function.roundTrips.rounded,
      limit: roundTripLimit + counts.function.extraPages,
    }),
  },
  {
    name: "CPU milliseconds of a warm invocation beyond the bare handler's",
    judge: ({ account, subjects: { function: ours, bare } }) => ({
      measured: hundredths(ours.warmCpuMs.median - bare.warmCpuMs.median),
      // A large account's answers take seconds to parse, some hundred milliseconds more or less each time.
      limit: account === 'small' ? 15 : hundredths(15 + bare.warmCpuMs.max - bare.warmCpuMs.min),
    }),
  },
  {
    name: "peak memory in MB, within the function's setting",
    judge: ({ subjects, memorySettingMb }) => ({
      measured: subjects.function.peakMemoryMb.max,
      limit: memorySettingMb,
    }),
  },
  {
    name: "cold start as a multiple of the bare handler's",
    judge: ({ subjects }) => ({ measured: coldStartRatio(subjects, 'bare'), limit: 1.3 }),
  },
  {
    name: "cold start as a multiple of the boto3 peer's",
    judge: ({ subjects }) => ({ measured: coldStartRatio(subjects, 'peer'), limit: 1 }),
  },
];

const coldStartRatio = (subjects: BenchCase['subjects'], other: 'bare' | 'peer'): number =>
  hundredths(subjects.function.coldStartMs.median / subjects[other].coldStartMs.median);

/** What the budgets say of each case. */
export const verdicts = (cases: readonly BenchCase[]): Verdict[] =>
  cases.flatMap((one) =>
    budgets.map(({ name, judge }) => {
      const { measured, limit } = judge(one);
      return { budget: name, case: one.name, measured, limit, kept: measured <= limit };
    }),
  );
