import { atMost, type LimitVerdict } from '../limits.ts';
import type { Filling } from './filling.ts';
import type { Look } from './looks.ts';

/** What has been measured with some number of accounts in the table. */
export interface AmongAccounts {
  accounts: number;
  looks: Look[];
}

const isSame = (one: Look | undefined, other: Look | undefined): boolean =>
  one?.at === other?.at && JSON.stringify(sorted(one?.calls)) === JSON.stringify(sorted(other?.calls));

const sorted = (calls: Record<string, number> = {}): [string, number][] =>
  Object.entries(calls).sort(([one], [other]) => (one < other ? -1 : 1));

/** Looks that asked something else of AWS, or that only one of the two lives has had. */
function otherwise(few: readonly Look[], many: readonly Look[]): string[] {
  const longer = few.length > many.length ? few : many;
  return longer.filter((_, index) => !isSame(few[index], many[index])).map(({ at }) => at);
}

const longestPause = (looks: readonly Look[]): number =>
  Math.max(...looks.map(({ longestPauseMs }) => Math.round(longestPauseMs)));

/** What is judged. */
interface Measurements {
  few: AmongAccounts;
  many: AmongAccounts;
  /** With AWS limiting the calls. */
  limited: AmongAccounts;
  fillings: readonly Filling[];
}

/** What the budgets say: docs/performance.md. */
export const accountsVerdicts = ({ few, many, limited, fillings }: Measurements): LimitVerdict[] => [
  atMost(
    `looks that make other calls among ${many.accounts} accounts than among ${few.accounts}`,
    otherwise(few.looks, many.looks).length,
    0,
  ),
  ...fillings.map(({ aws, accounts, added }) =>
    atMost(
      `what filling a pool of ${accounts} adds to AWS's own time, which makes ${aws.atOnce} at a time and takes ${aws.casesPerHour} cases an hour`,
      added,
      0.1,
    ),
  ),
  atMost(
    'milliseconds of a look in which no call was under way',
    longestPause([...few.looks, ...many.looks, ...limited.looks]),
    1_000,
  ),
];
