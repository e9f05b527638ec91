import type { FunctionVersion } from './function-version.ts';
import type { Outcome } from './outcome.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_ResponseSyntax */
const TAIL_BYTES = 4096;

function report(outcome: Outcome, memoryMb: number): string {
  const { requestId, durationMs, initMs = 0, status } = outcome;
  const fields = [
    `REPORT RequestId: ${requestId}`,
    `Duration: ${durationMs.toFixed(2)} ms`,
    `Billed Duration: ${Math.ceil(durationMs + initMs)} ms`,
    `Memory Size: ${memoryMb} MB`,
    `Max Memory Used: ${outcome.memoryMb} MB`,
  ];
  if (outcome.initMs !== undefined) fields.push(`Init Duration: ${outcome.initMs.toFixed(2)} ms`);
  if (status) fields.push(`Status: ${status}`);
  return `${fields.join('\t')}\t`;
}

function complaint({ requestId, status, payload }: Outcome): string[] {
  if (!status) return [];
  const { errorMessage } = JSON.parse(payload) as { errorMessage: string };
  return [`${new Date().toISOString()} ${requestId} ${errorMessage.replace(/^RequestId: \S+ Error: /, '')}`];
}

/** An invocation's whole log as Lambda writes it in text format: START, what was printed, END, REPORT. */
export function logLines(outcome: Outcome, version: FunctionVersion): string[] {
  const end = [`END RequestId: ${outcome.requestId}`, report(outcome, version.memoryMb)];
  return [...outcome.lines, ...complaint(outcome), ...end].map((line) => `${line}\n`);
}

/** The end of a log as `X-Amz-Log-Result` carries it: base64 of the last 4 KB. */
export function logTail(lines: string[]): string {
  return Buffer.from(lines.join('')).subarray(-TAIL_BYTES).toString('base64');
}
