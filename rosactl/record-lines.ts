import { table } from '../shared/cli/table.ts';
import type { InvocationRecord } from '../shared/logs/invocation-record.ts';

/** What of a request or a result tells one invocation from another at a glance. */
const inputFacts = ['cluster_id', 'issuer_url', 'vpc_id', 'region', 'dry_run'];

/** As wide as what usually stands below, so that lines that come one by one are aligned too. */
const heading = ['TIME (UTC)'.padEnd(19), 'FUNCTION'.padEnd(22), 'VERSION', 'RESULT'.padEnd(21)];
const headingEnd = ['TOOK'.padEnd(8), 'REQUEST ID'.padEnd(36), 'WHAT'];

/** The status of what was made or checked; an operation can complete and find that a check failed. */
function statusIn(result: Record<string, unknown> = {}): unknown {
  const summary = result.summary as { status?: unknown } | undefined;
  return summary?.status ?? result.status;
}

function factsOf({ record }: InvocationRecord): string[] {
  const { input_parameters: input = {}, result } = record ?? {};
  const facts = inputFacts.map((name) => [name, input[name]]);
  return [...facts, ['status', statusIn(result)]]
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${value}`);
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ');

function cells(record: InvocationRecord): string[] {
  const { time, version, error, durationMs, requestId } = record;
  const facts = factsOf(record).join(' ');
  return [
    time.slice(0, 19).replace('T', ' '),
    record.function,
    version,
    error ? `✖ ${error.name}` : '✔ completed',
    durationMs === undefined ? '' : `${Math.round(durationMs)} ms`,
    requestId,
    error ? oneLine([error.message, facts].filter(Boolean).join('; ')) : facts,
  ];
}

/** Records as a table, one line each, with its heading. */
export const recordLines = (records: InvocationRecord[]): string[] =>
  table([[...heading, ...headingEnd], ...records.map(cells)]);
