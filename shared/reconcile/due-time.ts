import type { ResourceKey } from '../resources/resource.ts';
import { digestOf, groupOf } from './work-messages.ts';

/** Milliseconds: timers of a resource come no closer to each other than this, or than the wait, if that is shorter. */
const longestGridMs = 60_000;

/** Where the grid of a resource begins, so that not all resources are due in the same second. */
const offsetOf = (key: ResourceKey, gridMs: number): number =>
  Number.parseInt(digestOf(groupOf(key)).slice(0, 8), 16) % gridMs;

/**
 * When a resource is to be looked at that is to wait: about so many seconds from now, on a grid of its own that is as
 * wide as the wait, up to a minute. Every event and every sweep may begin another chain of timers on a resource that
 * waits. On the grid they meet, and timers of the same time are the same work; otherwise each chain would go on for
 * good, and their number would grow with every sweep.
 * @returns a time half a grid sooner or later than asked for, at most; to the millisecond, in the future
 */
export function dueTime(key: ResourceKey, now: Date, afterSeconds: number): Date {
  const waitMs = Math.max(1, Math.ceil(afterSeconds)) * 1000;
  const gridMs = Math.min(waitMs, longestGridMs);
  const offset = offsetOf(key, gridMs);
  const slot = Math.round((now.getTime() + waitMs - offset) / gridMs);
  return new Date(slot * gridMs + offset);
}

/** Seconds from one time to a later one; 0 when it has passed. */
export const secondsBetween = (now: Date, dueAt: Date): number =>
  Math.max(0, (dueAt.getTime() - now.getTime()) / 1000);
