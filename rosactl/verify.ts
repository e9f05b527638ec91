import { readFile } from 'node:fs/promises';
import type { CheckSummary } from '../schemas/generated/check.js';
import { exitCodes } from '../shared/cli/exit-codes.ts';
import { UsageError } from '../shared/cli/usage-error.ts';
import { type Stage, stages } from '../shared/release/stages.ts';
import type { ReportFinding } from '../shared/report/report.ts';
import { answerToDraw } from '../shared/verification/answer-to-draw.ts';
import { answerOf } from '../shared/verification/ask-function.ts';
import type { CommandContext, CommandOption, CommandOutcome, OptionValues } from './command.ts';
import { findingLines, summaryLine } from './findings.ts';
import { reportPlace } from './report-file.ts';

/** Options of both commands. */
export const verifyOptions: CommandOption[] = [
  { flags: '--alias <stage>', description: 'the stage to ask (default: prod)', choices: stages },
  { flags: '--strict', description: 'a warning is a failure, too' },
  { flags: '--report <file>', description: 'write what was found to one HTML page, too' },
];

/** A value as it stands; undefined when none is given. */
export const textOf = (value: string | true | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;

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

/** What to ask of which checker, and how to read its result. */
export interface Verification<Result> {
  /** What is verified, in a few words: the title of a report. */
  title: string;
  component: string;
  request: object;
  /** Whether a report has a drawing, for which the function has to describe the network, too. */
  hasDrawing?: true;
  findingsIn(result: Result): ReportFinding[];
}

/**
 * Asks a checker, renders what it has found and, with `--report`, writes it to a page.
 * @throws FunctionFailure, Refused, AwsCallError; UsageError when the report cannot be written
 */
export async function verify<Result extends { summary: CheckSummary }>(
  context: CommandContext,
  options: OptionValues,
  asked: Verification<Result>,
): Promise<CommandOutcome> {
  const { functions, installed, tasks, paint } = context;
  const alias = (options.alias ?? 'prod') as Stage;
  const report = typeof options.report === 'string' ? await reportPlace(options.report) : undefined;
  const one = (await installed()).find(({ component }) => component === asked.component);
  if (!one) throw new Error(`the component ${asked.component} is not among those installed`);
  const { name } = one;
  const ask = report && asked.hasDrawing ? answerToDraw<Result> : answerOf<Result>;
  const answer = await tasks.run(`Ask ${name}:${alias}`, () =>
    ask(functions, { name, alias, request: asked.request }),
  );
  const { result } = answer;
  const findings = asked.findingsIn(result);
  if (report) {
    const { writeReport } = await import('./write-report.ts');
    await writeReport(context, report, { ...asked, ...answer, findings, where: `${name}:${alias}` });
  }
  const { status } = result.summary;
  const isBad = status === 'failed' || (status === 'warning' && options.strict === true);
  return {
    exitCode: isBad ? exitCodes.no : exitCodes.fine,
    data: { function: name, alias, ...result, ...(report && { report }) },
    lines: [
      `${name}:${alias}`,
      ...findingLines(findings, paint),
      '',
      summaryLine(result.summary, paint),
      ...(report ? ['', `The report is in ${report}`] : []),
    ],
  };
}
