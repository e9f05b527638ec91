import type { Spread } from './document.ts';

const tenths = (value: number): number => Math.round(value * 10) / 10;

/** The middle value; of an even number of values the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  if (low === undefined || high === undefined) throw new Error('there is no median of no values');
  return (low + high) / 2;
}

/** Median, least and most, each rounded to a tenth. */
export const spread = (values: readonly number[]): Spread => ({
  median: tenths(median(values)),
  min: tenths(Math.min(...values)),
  max: tenths(Math.max(...values)),
});

/** Whether two spreads have no value in common: then their difference is more than noise. */
export const apart = (a: Spread, b: Spread): boolean => a.min > b.max || b.min > a.max;

/** An invocation's time when each AWS call waits so long for its answer. */
export interface Delayed {
  latencyMs: number;
  wallMs: number;
}

/**
 * Sequential AWS round trips: how many times the added latency an invocation became longer. Calls that are under way
 * at the same time wait together, and what else the invocation does takes as long in both.
 */
export function roundTrips(near: Delayed, far: Delayed): { rounded: number; measured: number } {
  const measured = (far.wallMs - near.wallMs) / (far.latencyMs - near.latencyMs);
  return { rounded: Math.round(measured), measured: Math.round(measured * 100) / 100 };
}
