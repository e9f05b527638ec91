import { readFile } from 'node:fs/promises';
import type { CheckSummary } from '../schemas/generated/check.js';
import { type Stage, stages } from '../shared/release/stages.ts';
import { askFunction } from '../shared/verification/ask-function.ts';
import type { CommandContext, CommandOption, CommandOutcome, OptionValues } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { type Finding, findingLines, summaryLine } from './findings.ts';
import { UsageError } from './usage-error.ts';

/** Options of both commands. */
export const verifyOptions: CommandOption[] = [
  { flags: '--alias <stage>', description: 'the stage to ask (default: prod)', choices: stages },
  { flags: '--strict', description: 'a warning is a failure, too' },
];

/** `a,b` as a list. */
export const listOf = (value: string | true | undefined): string[] | undefined =>
  typeof value === 'string' ? value.split(',').map((item) => item.trim()) : undefined;

export const numberOf = (value: string | true | undefined): number | undefined =>
  typeof value === 'string' ? Number(value) : undefined;

export const numberProblem = (text: string): string | undefined =>
  /^\d+$/.test(text) ? undefined : 'It must be a whole number.';

/** @throws UsageError when one of the flags that make up a request is missing */
export function requireFlags(options: OptionValues, names: Record<string, string>): void {
  const missing = Object.entries(names).filter(([name]) => options[name] === undefined);
  if (missing.length === 0) return;
  const flags = missing.map(([, flag]) => flag).join(' and ');
  throw new UsageError(`${flags} must be given, or the whole request with --request-file`);
}

/** The request in a file. @throws UsageError when it cannot be read or is not a JSON object */
export async function requestIn(file: string): Promise<object> {
  try {
    const request: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (typeof request === 'object' && request !== null && !Array.isArray(request)) return request;
  } catch (error) {
    throw new UsageError(`${file} cannot be used: ${(error as Error).message}`, { cause: error });
  }
  throw new UsageError(`${file} cannot be used: it has no JSON object`);
}

/**
 * Asks a checker and renders what it has found.
 * @param asked the component, its request, and how to read its result
 * @throws FunctionFailure, Refused, AwsCallError
 */
export async function verify<Result extends { summary: CheckSummary }>(
  { functions, installed, tasks, paint }: CommandContext,
  options: OptionValues,
  asked: { component: string; request: object; findingsIn(result: Result): Finding[] },
): Promise<CommandOutcome> {
  const alias = (options.alias ?? 'prod') as Stage;
  const one = (await installed()).find(({ component }) => component === asked.component);
  if (!one) throw new Error(`the component ${asked.component} is not among those installed`);
  const { name } = one;
  const result = await tasks.run(`Ask ${name}:${alias}`, () =>
    askFunction<Result>(functions, { name, alias, request: asked.request }),
  );
  const { status } = result.summary;
  const isBad = status === 'failed' || (status === 'warning' && options.strict === true);
  return {
    exitCode: isBad ? exitCodes.no : exitCodes.fine,
    data: { function: name, alias, ...result },
    lines: [
      `${name}:${alias}`,
      ...findingLines(asked.findingsIn(result), paint),
      '',
      summaryLine(result.summary, paint),
    ],
  };
}
