import {
  type BenchCase,
  type BenchDocument,
  type Counts,
  documentFormat,
  type Figures,
  type Spread,
} from '../../../bench/document.ts';

const about = (median: number): Spread => ({ median, min: median - 1, max: median + 1 });

/** What a program took. */
export const figures = (changes: Partial<Figures> = {}): Figures => ({
  coldStartMs: about(200),
  coldCpuMs: about(150),
  importMs: about(100),
  firstCpuMs: about(50),
  warmCpuMs: about(10),
  peakMemoryMb: about(80),
  ...changes,
});

export const counts = (changes: Partial<Counts> = {}): Counts => ({
  awsCalls: 14,
  extraPages: 0,
  roundTrips: { rounded: 2, measured: 2.04 },
  ...changes,
});

/** A case that keeps every budget. */
export const benchCase = (changes: Partial<BenchCase> = {}): BenchCase => ({
  name: 'network-verifier, small account',
  component: 'network-verifier',
  account: 'small',
  roundTripLimit: 2,
  memorySettingMb: 256,
  subjects: {
    function: figures(),
    bare: figures({ coldStartMs: about(180) }),
    peer: figures({ coldStartMs: about(400) }),
  },
  counts: { function: counts(), peer: counts({ roundTrips: { rounded: 14, measured: 13.96 } }) },
  ...changes,
});

export const benchDocument = (changes: Partial<BenchDocument> = {}): BenchDocument => ({
  format: documentFormat,
  version: '0.1.0',
  machine: { node: 'v24.0.0', python: 'Python 3.12.0 boto3 1.40.0', cpus: 2 },
  runs: 7,
  zipBytes: { 'network-verifier': 360_000 },
  cases: [benchCase()],
  budgets: [],
  ...changes,
});
