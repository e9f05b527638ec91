import type { Clock } from '../../../shared/clusters/wait-for-cluster.ts';

/** A clock that only goes on while somebody sleeps. */
export interface SteppingClock extends Clock {
  /** In milliseconds. */
  slept: number[];
}

export function steppingClock(): SteppingClock {
  const slept: number[] = [];
  return {
    slept,
    now: () => slept.reduce((sum, ms) => sum + ms, 0),
    sleep: async (ms) => void slept.push(ms),
  };
}
