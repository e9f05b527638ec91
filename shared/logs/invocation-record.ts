/** The structured record of an invocation, as docs/logging.md describes it. */
interface AuditRecord {
  message: string;
  operation: string;
  request_id: string;
  function_version?: string;
  input_parameters?: Record<string, unknown>;
  result?: Record<string, unknown>;
  /** Milliseconds. */
  duration?: number;
  [field: string]: unknown;
}

/** How one invocation ended, as its log tells. */
export interface InvocationRecord {
  /** CloudWatch's id of the log event. */
  eventId: string;
  /** ISO 8601, in UTC. */
  time: string;
  function: string;
  version: string;
  requestId: string;
  failed: boolean;
  /** Why it failed: a name of docs/logging.md, or Lambda's own such as `Sandbox.Timedout`. */
  error?: { name: string; message: string };
  durationMs?: number;
  /** What the function wrote; absent when Lambda ended the invocation before it could. */
  record?: AuditRecord;
}

/** One line of a log group, as CloudWatch gives it. */
export interface LogLine {
  eventId: string;
  timestamp: number;
  /** Such as `2026/01/31/[7]8f5e…`: the version is in the brackets. */
  logStreamName: string;
  message: string;
}

type Found = Pick<InvocationRecord, 'requestId' | 'failed' | 'error' | 'durationMs' | 'record'>;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** A function writes metrics as JSON too; an audit record says how the operation ended. */
const isAuditRecord = (value: Partial<AuditRecord>): value is AuditRecord =>
  /^operation (completed|failed)$/.test(text(value.message)) && text(value.request_id) !== '';

function jsonIn(message: string): Partial<AuditRecord> {
  try {
    return message.startsWith('{') ? (JSON.parse(message) as Partial<AuditRecord>) : {};
  } catch {
    return {};
  }
}

function auditRecordIn(message: string): Found | undefined {
  const record = jsonIn(message);
  if (!isAuditRecord(record)) return undefined;
  const { request_id: requestId, duration: durationMs, result } = record;
  const failed = record.message === 'operation failed';
  const error = { name: text(result?.errorType) || 'Error', message: text(result?.errorMessage) };
  return { requestId, failed, durationMs, record, ...(failed && { error }) };
}

/**
 * Lines by which Lambda says that it ended an invocation itself. Older ones say it in a line of their own, newer
 * ones with a status in the REPORT line: https://github.com/DataBiosphere/azul/issues/8140
 */
const complaint =
  /^(?:RequestId: |\S+Z )(?<requestId>\S+) (?:Error: )?(?<said>Task timed out .*|Runtime exited .*)/;
const report =
  /^REPORT RequestId: (?<requestId>\S+)\s+Duration: (?<ms>[\d.]+) ms.*Status: (?<status>timeout|error|failure)(?:\s+Error Type: (?<type>\S+))?/;

const timedOut = 'Sandbox.Timedout';
const exited = 'Runtime.ExitError';

function complaintIn(message: string): Found | undefined {
  const { requestId = '', said = '' } = complaint.exec(message)?.groups ?? {};
  if (!requestId) return undefined;
  const name = said.startsWith('Task timed out') ? timedOut : exited;
  return { requestId, failed: true, error: { name, message: said.trim() } };
}

function failedReportIn(message: string): Found | undefined {
  const { requestId = '', ms, status, type } = report.exec(message)?.groups ?? {};
  if (!requestId) return undefined;
  const durationMs = Number(ms);
  const error =
    status === 'timeout'
      ? { name: timedOut, message: `Task timed out after ${(durationMs / 1_000).toFixed(2)} seconds` }
      : { name: type ?? exited, message: `Lambda ended the invocation with the status ${status}` };
  return { requestId, failed: true, error, durationMs };
}

const versionIn = (logStreamName: string): string => /\[([^\]]+)\]/.exec(logStreamName)?.[1] ?? '';

function recordIn(functionName: string, { eventId, timestamp, logStreamName, message }: LogLine) {
  const found = auditRecordIn(message) ?? complaintIn(message) ?? failedReportIn(message);
  if (!found) return [];
  const time = new Date(timestamp).toISOString();
  const version = found.record?.function_version ?? versionIn(logStreamName);
  return [{ eventId, time, function: functionName, version, ...found }];
}

/**
 * The records in lines of a function's log. Of an invocation that Lambda ended there is one too, from what Lambda
 * says of it, unless the function has written its own.
 */
export function recordsIn(functionName: string, lines: LogLine[]): InvocationRecord[] {
  const all = lines.flatMap((line): InvocationRecord[] => recordIn(functionName, line));
  const audited = new Set(all.filter(({ record }) => record).map(({ requestId }) => requestId));
  const seen = new Set<string>();
  return all.filter(({ record, requestId }) => {
    const isFirst = !audited.has(requestId) && !seen.has(requestId);
    if (!record) seen.add(requestId);
    return record !== undefined || isFirst;
  });
}
