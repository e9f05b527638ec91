import { parseArgs } from 'node:util';
import { UsageError } from '../shared/cli/usage-error.ts';
import { serviceFunctions } from '../tools/service-functions.ts';
import type { BenchCase } from './document.ts';

/** How the bench was asked to run. */
export interface Options {
  help: boolean;
  /** How often each program is started for each case. */
  runs: number;
  /** One function only. */
  only?: string;
  /** One account only. */
  account?: BenchCase['account'];
  /** A file with an earlier document. */
  compare?: string;
  /** A file with the document to compare with that one, in place of measuring. */
  file?: string;
  check: boolean;
}

const components = serviceFunctions.map(({ component }) => component);

export const usage = `usage: npm run --silent bench -- [options]

Measures the packaged functions and prints one JSON document; what is going on is told on standard error.

  --runs NUMBER          how often each program is started for each case (default: 7)
  --only FUNCTION        ${components.join(', ')}
  --account SIZE         small or large
  --compare OLD [NEW]    print a table of ratios instead: of a new run to the document in the file OLD, or of
                         the document in the file NEW to it
  --check                end with status 1 when a budget is broken
  --help                 this text

docs/performance.md says what is measured and which budgets there are.
`;

function oneOf<Value extends string>(flag: string, given: string | undefined, known: readonly Value[]) {
  const found = known.find((value) => value === given);
  if (given !== undefined && !found)
    throw new UsageError(`${flag} is "${given}"; give one of ${known.join(', ')}`);
  return found;
}

function count(given: string): number {
  if (!/^[1-9]\d{0,2}$/.test(given))
    throw new UsageError(`--runs is "${given}"; give a whole number from 1 to 999`);
  return Number(given);
}

function parsed(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        runs: { type: 'string', default: '7' },
        only: { type: 'string' },
        account: { type: 'string' },
        compare: { type: 'string' },
        check: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (cause) {
    throw new UsageError((cause as Error).message, { cause });
  }
}

/** @throws UsageError on an unknown flag or a value that makes no sense */
export function readOptions(args: string[]): Options {
  const { values, positionals } = parsed(args);
  const [file, ...more] = positionals;
  const stray = values.compare === undefined ? file : more[0];
  if (stray !== undefined) throw new UsageError(`"${stray}" is not expected here`);
  const { help, check, compare } = values;
  return {
    help,
    check,
    compare,
    file,
    runs: count(values.runs),
    only: oneOf('--only', values.only, components),
    account: oneOf('--account', values.account, ['small', 'large'] as const),
  };
}
