import type { Paint } from '../shared/cli/paint.ts';
import { operationText } from '../shared/clusters/operations.ts';
import type {
  ClusterOperation,
  OperationFailure,
  OperationFinding,
} from '../shared/platform-api/cluster-operation.ts';
import { plain } from '../shared/platform-api/plain.ts';

/** How an outcome or a finding is marked; a word that came later deserves a look. */
const marks: Record<string, { mark: string; style: 'red' | 'yellow' | 'green' }> = {
  passed: { mark: '✔', style: 'green' },
  warning: { mark: '!', style: 'yellow' },
  failed: { mark: '✖', style: 'red' },
  error: { mark: '✖', style: 'red' },
};

function marked(word: string, paint: Paint): string {
  const { mark, style } = marks[word] ?? { mark: '?', style: 'yellow' };
  return paint(style, mark);
}

/** A check's message says what to do, so it is longer than others. */
const longestMessage = 2_000;

const failureText = ({ kind, message, errorType }: OperationFailure): string =>
  plain(`${message} (${[kind, errorType].filter(Boolean).join(', ')})`, longestMessage);

function findingLine({ check, status, message, resourceId }: OperationFinding, paint: Paint): string {
  const where = resourceId && !message.includes(resourceId) ? ` (${resourceId})` : '';
  return `${marked(status, paint)} ${plain(`${check}: ${message}${where}`, longestMessage)}`;
}

function detailsOf(
  { fallback, error, findings, findingsCut, requestId }: ClusterOperation,
  paint: Paint,
): string[] {
  const more = findingsCut && `${findingsCut} more: rosactl logs --request-id ${requestId ?? '<id>'}`;
  return [
    ...(fallback ? [`${paint('yellow', '!')} not by the functions: ${failureText(fallback)}`] : []),
    ...(error ? [`${paint('red', '✖')} ${failureText(error)}`] : []),
    ...findings.map((finding) => findingLine(finding, paint)),
    ...(more ? [more] : []),
  ];
}

/** What the operations found, in the order in which they ran: each in a line, and below it what deserves a look. */
export const operationLines = (operations: readonly ClusterOperation[], paint: Paint): string[] =>
  operations.flatMap((one) => [
    `  ${marked(one.outcome, paint)} ${operationText(one)}`,
    ...detailsOf(one, paint).map((line) => `      ${line}`),
  ]);
