import { atMost, type LimitVerdict } from '../limits.ts';
import type { Measured } from './measure.ts';

/** What the budgets say: docs/performance.md. @param quiet clusters one after the other. @param burst all at once */
export const regionalVerdicts = (quiet: Measured, burst: Measured): LimitVerdict[] => [
  atMost('milliseconds of its own for each step', quiet.ownMsPerStep.median, 50),
  atMost('clusters that do not end ready', burst.clusters - (burst.ends.Ready ?? 0), 0),
  // A sweep that falls into the minutes of the burst looks at each of its clusters once more: one read.
  atMost('table reads of a cluster among many, beyond those of a lone one', burst.reads - quiet.reads, 1),
  atMost('looks for functions that are known', quiet.discoveryCalls + burst.discoveryCalls, 0),
];
