import { type CheckResult, summarize } from '../shared/checks/run-checks.ts';
import { exitCodes } from '../shared/cli/exit-codes.ts';
import type { Paint } from '../shared/cli/paint.ts';
import type { CommandOutcome } from './command.ts';
import { type Finding, findingLines, summaryLine } from './findings.ts';

/** Results of checks under the names that the functions' findings have, and their counts. */
export const shownResults = (results: CheckResult[]) => ({
  findings: results.map(
    ({ check, status, message, resourceId, details }): Finding & Record<string, unknown> => ({
      check_name: check,
      status,
      message,
      ...(resourceId && { resource_id: resourceId }),
      details: details ?? {},
    }),
  ),
  summary: summarize(results),
});

/** The outcome of what was done beside the findings, with the findings above it. */
export function withFindings(results: CheckResult[], done: CommandOutcome, paint: Paint): CommandOutcome {
  const { findings, summary } = shownResults(results);
  const hasFailed = summary.status === 'failed' ? exitCodes.no : exitCodes.fine;
  return {
    exitCode: done.exitCode || hasFailed,
    data: { findings, summary, ...(done.data as object) },
    lines: [...findingLines(findings, paint), '', summaryLine(summary, paint), ...done.lines],
  };
}
