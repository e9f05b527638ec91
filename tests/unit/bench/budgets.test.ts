import { describe, expect, it } from '@jest/globals';
import { verdicts } from '../../../bench/budgets.ts';
import type { BenchCase } from '../../../bench/document.ts';
import { benchCase, counts, figures } from '../../support/fakes/bench-document.ts';

const exactly = (value: number) => ({ median: value, min: value, max: value });

const broken = (changes: Partial<BenchCase>) => {
  const found = verdicts([benchCase(changes)]).filter(({ kept }) => !kept);
  return found.map(({ budget, measured, limit }) => `${budget}: ${measured} > ${limit}`);
};

/** A function beside a bare handler and a peer that took 100 of everything. */
const beside = (changes: Parameters<typeof figures>[0]): Partial<BenchCase> => {
  const hundred = figures({
    coldStartMs: exactly(100),
    coldCpuMs: exactly(100),
    warmCpuMs: exactly(100),
  });
  return { subjects: { function: { ...hundred, ...changes }, bare: hundred, peer: hundred } };
};

const trips = (rounded: number, extraPages = 0): Partial<BenchCase> => ({
  counts: {
    function: counts({ extraPages, roundTrips: { rounded, measured: rounded } }),
    peer: counts(),
  },
});

describe('the budgets', () => {
  it('are judged for every case, and are kept by one that is in order', () => {
    const judged = verdicts([benchCase(), benchCase({ name: 'network-verifier, large account' })]);
    expect(judged.filter(({ kept }) => !kept)).toEqual([]);
    expect(Object.groupBy(judged, (verdict) => verdict.case)).toMatchObject({
      'network-verifier, small account': { length: 5 },
      'network-verifier, large account': { length: 5 },
    });
  });

  it('break at one round trip too many', () => {
    expect(broken(trips(3))).toEqual([expect.stringMatching(/round trips.*: 3 > 2$/)]);
  });

  it('grant a round trip for each extra page of a listing, and no more', () => {
    expect(broken(trips(21, 19))).toEqual([]);
    expect(broken(trips(22, 19))).toHaveLength(1);
  });

  it('give a warm invocation 15 ms of CPU beyond the bare handler', () => {
    expect(broken(beside({ warmCpuMs: exactly(115) }))).toEqual([]);
    expect(broken(beside({ warmCpuMs: exactly(115.1) }))).toEqual([
      expect.stringMatching(/CPU.*: 15.1 > 15$/),
    ]);
  });

  it('give it, in the large account, as much more as the bare handler varies by', () => {
    const bare = figures({ warmCpuMs: { median: 100, min: 90, max: 130 } });
    const withCpu = (ms: number): Partial<BenchCase> => ({
      account: 'large',
      subjects: { function: figures({ warmCpuMs: exactly(ms) }), bare, peer: figures() },
    });
    const aboutCpu = (ms: number) => broken(withCpu(ms)).filter((line) => line.includes('warm'));
    expect(aboutCpu(155)).toEqual([]);
    expect(aboutCpu(156)).toEqual([expect.stringMatching(/: 56 > 55$/)]);
  });

  it('hold the peak memory of any run against the setting', () => {
    const peakMemoryMb = { median: 200, min: 200, max: 257 };
    expect(broken(beside({ peakMemoryMb }))).toEqual([expect.stringMatching(/memory.*: 257 > 256$/)]);
  });

  it('give a cold start 1.3 times what the bare handler takes, and no more than the peer takes', () => {
    expect(broken(beside({ coldStartMs: exactly(131) }))).toEqual([
      expect.stringMatching(/bare handler.*: 1.31 > 1.3$/),
      expect.stringMatching(/peer.*: 1.31 > 1$/),
    ]);
  });
});
