import { describe, expect, it } from '@jest/globals';
import { apart, median, roundTrips, spread } from '../../../bench/statistics.ts';

describe('median', () => {
  it.each([
    [3, [3]],
    [3, [9, 1, 3]],
    [2, [3, 1]],
    [2.5, [1, 2, 3, 100]],
  ])('is %d of %j', (expected, values) => {
    expect(median(values)).toBe(expected);
  });

  it('refuses to make one up of nothing', () => {
    expect(() => median([])).toThrow('no median of no values');
  });

  it('leaves the values in their order', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });
});

describe('spread', () => {
  it('has the middle, the least and the most, to a tenth', () => {
    expect(spread([10.26, 30.04, 20.151])).toEqual({ median: 20.2, min: 10.3, max: 30 });
  });
});

describe('apart', () => {
  const of = (min: number, max: number) => ({ median: (min + max) / 2, min, max });

  it.each([
    ['is more than noise when all values of one are larger', of(1, 2), of(3, 4), true],
    ['is more than noise when all values of one are smaller', of(3, 4), of(1, 2), true],
    ['is noise when they overlap', of(1, 3), of(2, 4), false],
    ['is noise when they touch', of(1, 2), of(2, 4), false],
    ['is noise when one lies in the other', of(1, 9), of(2, 4), false],
  ])('%s', (_, a, b, expected) => {
    expect(apart(a, b)).toBe(expected);
  });
});

describe('round trips', () => {
  it('are what each millisecond of latency makes an invocation longer', () => {
    const near = { latencyMs: 50, wallMs: 40 + 2 * 50 };
    const far = { latencyMs: 150, wallMs: 40 + 2 * 150 };
    expect(roundTrips(near, far)).toEqual({ rounded: 2, measured: 2 });
  });

  it('keep what was measured beside the whole number', () => {
    const near = { latencyMs: 50, wallMs: 145 };
    const far = { latencyMs: 150, wallMs: 351.4 };
    expect(roundTrips(near, far)).toEqual({ rounded: 2, measured: 2.06 });
  });
});
