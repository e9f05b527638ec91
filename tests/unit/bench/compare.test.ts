import { describe, expect, it } from '@jest/globals';
import { comparison } from '../../../bench/compare.ts';
import { benchCase, benchDocument, counts, figures } from '../../support/fakes/bench-document.ts';

const name = 'network-verifier, small account';

/** The cells of the row of a figure. */
function rowOf(table: string, figure: string): string[] {
  const line = table.split('\n').find((text) => text.includes(`  ${figure}  `)) ?? '';
  return line.split(/ {2,}/);
}

const withWarmCpu = (warmCpuMs: { median: number; min: number; max: number }, bare = figures()) =>
  benchDocument({
    cases: [benchCase({ subjects: { function: figures({ warmCpuMs }), bare, peer: figures() } })],
  });

describe('a comparison', () => {
  it('has the medians, their ratio and that of the bare handler', () => {
    const old = withWarmCpu(
      { median: 10, min: 8, max: 12 },
      figures({ warmCpuMs: { median: 4, min: 4, max: 4 } }),
    );
    const now = withWarmCpu(
      { median: 11, min: 9, max: 13 },
      figures({ warmCpuMs: { median: 6, min: 6, max: 6 } }),
    );
    expect(rowOf(comparison(old, now), 'CPU warm, ms')).toEqual([
      name,
      'CPU warm, ms',
      '10',
      '11',
      '1.10',
      '1.50',
    ]);
  });

  it('marks what is beyond noise, and which way', () => {
    const low = withWarmCpu({ median: 10, min: 8, max: 12 });
    const high = withWarmCpu({ median: 20, min: 18, max: 22 });
    expect(rowOf(comparison(low, high), 'CPU warm, ms').at(-1)).toBe('more');
    expect(rowOf(comparison(high, low), 'CPU warm, ms').at(-1)).toBe('less');
  });

  it('marks every change of a count', () => {
    const more = benchCase({ counts: { function: counts({ awsCalls: 15 }), peer: counts() } });
    const table = comparison(benchDocument(), benchDocument({ cases: [more] }));
    expect(rowOf(table, 'AWS calls')).toEqual([name, 'AWS calls', '14', '15', '1.07', '-', 'more']);
    expect(rowOf(table, 'round trips')).toEqual([name, 'round trips', '2', '2', '1.00', '-']);
  });

  it('compares the sizes of the packages', () => {
    const smaller = benchDocument({ zipBytes: { 'network-verifier': 180_000 } });
    expect(rowOf(comparison(benchDocument(), smaller), 'zip, bytes')).toEqual([
      'network-verifier',
      'zip, bytes',
      '360000',
      '180000',
      '0.50',
      '-',
      'less',
    ]);
  });

  it('leaves out what one of the two does not have', () => {
    const other = benchDocument({
      cases: [benchCase({ name: 'another case' })],
      zipBytes: { another: 1 },
    });
    expect(comparison(benchDocument(), other).trim().split('\n')).toHaveLength(1);
  });

  it('stands in columns', () => {
    const lines = comparison(benchDocument(), benchDocument()).trimEnd().split('\n');
    const starts = lines.map((line) => line.search(/figure|cold start|CPU|import|peak|AWS|round|zip/));
    expect(new Set(starts).size).toBe(1);
  });
});
