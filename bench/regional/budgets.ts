import { atMost, type LimitVerdict } from '../limits.ts';
import { hundredths, type Lone, type Measured } from './measure.ts';

/**
 * Milliseconds that the table takes to answer a call: DynamoDB's single digits, rounded up. What it takes here is moto's.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Introduction.html
 */
const tableMs = 10;

/** What the budgets say: docs/performance.md. @param lone clusters one after the other. @param burst all at once */
export const regionalVerdicts = (lone: Lone, burst: Measured): LimitVerdict[] => [
  atMost(
    `milliseconds beyond the invocation for each step, ${tableMs} for each call of the table`,
    Math.round(lone.ownMsPerStep.median + lone.tableCallsPerStep * tableMs),
    50,
  ),
  atMost('clusters that do not end ready', burst.clusters - (burst.ends.Ready ?? 0), 0),
  atMost(
    'table reads of a cluster among many, beyond those of a lone one',
    hundredths(burst.reads - lone.reads),
    1,
  ),
  atMost('looks for functions that are known', lone.discoveryCalls + burst.discoveryCalls, 0),
];
