import { setTimeout } from 'node:timers/promises';
import { exitCodes } from '../../shared/cli/exit-codes.ts';
import { componentNames, functionsOf } from '../../shared/customer-stack/components.ts';
import { follow } from '../../shared/logs/follow.ts';
import { type Records, type RecordsRequest, readRecords } from '../../shared/logs/read-records.ts';
import { parseSince } from '../../shared/logs/since.ts';
import type { Command, CommandContext, CommandOutcome, OptionValues } from '../command.ts';
import { recordLines } from '../record-lines.ts';

const sinceProblem = (text: string): string | undefined =>
  parseSince(text, new Date())
    ? undefined
    : 'It must be a duration such as 30m, 1h or 2d, or a time such as 2026-01-31T10:00Z.';

const idProblem = (text: string): string | undefined =>
  /^[\w-]+$/.test(text) ? undefined : 'It must be the id of a request.';

const limitProblem = (text: string): string | undefined =>
  /^[1-9]\d{0,5}$/.test(text) ? undefined : 'It must be a whole number from 1.';

async function requestOf(context: CommandContext, options: OptionValues): Promise<RecordsRequest> {
  const { name, since = '1h', failed, requestId } = options;
  // The log groups outlive the stack, which knows the functions' names; without it they have their default ones.
  const state = await context.stack.state();
  const installed = functionsOf(context.region, state?.parameters ?? {});
  const wanted = installed.filter(({ component }) => name === undefined || component === name);
  return {
    functionNames: wanted.map((one) => one.name),
    since: parseSince(String(since), new Date()) ?? new Date(0),
    failed: failed === true,
    requestId: requestId === undefined ? undefined : String(requestId),
  };
}

const missingLines = ({ withoutLogGroup }: Records): string[] =>
  withoutLogGroup.map((name) => `${name} has no log group, and so no records`);

function recordsOutcome(found: Records, limit: number): CommandOutcome {
  const records = found.records.slice(-limit);
  const lines = records.length > 0 ? recordLines(records) : ['No records. Look further back with --since 7d'];
  return { exitCode: exitCodes.fine, data: records, lines: [...lines, ...missingLines(found)] };
}

/** Shows records until it is interrupted, which is how it is meant to end. */
async function showAsTheyCome(context: CommandContext, request: RecordsRequest): Promise<CommandOutcome> {
  const signal = context.interruption();
  const { invocationLogs } = context;
  const sleep = (ms: number) => setTimeout(ms, undefined, { signal }).catch(() => {});
  let isFirst = true;
  for await (const record of follow({ invocationLogs, sleep }, request, signal)) {
    const lines = recordLines([record]);
    await context.show({ data: record, lines: isFirst ? lines : lines.slice(1) });
    isFirst = false;
  }
  return { exitCode: exitCodes.fine, data: undefined, lines: [] };
}

export const logs: Command = {
  name: 'logs',
  summary: 'show what the functions were asked and how it ended',
  description:
    'Reads the record that each invocation leaves in the log group of its function (docs/logging.md), the newest last. An invocation that Lambda itself ended, such as one that took too long, counts as failed. With --follow and --output json it writes one line of JSON for each record, until it is interrupted.',
  options: [
    { flags: '--name <component>', description: 'only of this function', choices: componentNames },
    {
      flags: '--since <time>',
      description: 'a duration such as 30m, 1h, 2d, or a time in UTC (default: 1h)',
      problem: sinceProblem,
    },
    { flags: '--follow', description: 'go on showing records as they come, until Ctrl-C' },
    { flags: '--failed', description: 'only of invocations that failed' },
    { flags: '--request-id <id>', description: 'only of this invocation', problem: idProblem },
    {
      flags: '--limit <number>',
      description: 'only the newest so many',
      conflicts: ['follow'],
      problem: limitProblem,
    },
  ],
  examples: [
    'rosactl logs',
    'rosactl logs --name oidc-provisioner --since 2d --failed',
    'rosactl logs --follow --output json',
  ],
  run: async (context: CommandContext, options) => {
    const request = await requestOf(context, options);
    if (options.follow) return showAsTheyCome(context, request);
    const limit = Number(options.limit ?? Number.POSITIVE_INFINITY);
    return recordsOutcome(await readRecords(context.invocationLogs, request), limit);
  },
};
