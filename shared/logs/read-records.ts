import type { InvocationLogs, RecordQuery } from './invocation-logs.ts';
import type { InvocationRecord } from './invocation-record.ts';

/** Whose records, and which of them. */
export interface RecordsRequest extends RecordQuery {
  functionNames: string[];
  /** Only those of invocations that failed. */
  failed?: boolean;
}

/** The records of several functions. */
export interface Records {
  /** Oldest first. */
  records: InvocationRecord[];
  /** Functions that have no log group, and so no records. */
  withoutLogGroup: string[];
}

/** Reads the records of several functions and merges them by time. @throws AwsCallError */
export async function readRecords(
  logs: InvocationLogs,
  { functionNames, failed = false, ...query }: RecordsRequest,
): Promise<Records> {
  const found = await Promise.all(
    functionNames.map(async (name) => ({ name, records: await logs.records(name, query) })),
  );
  const records = found.flatMap((one) => one.records ?? []).filter((record) => record.failed || !failed);
  return {
    records: records.sort((one, other) => one.time.localeCompare(other.time)),
    withoutLogGroup: found.filter((one) => !one.records).map(({ name }) => name),
  };
}
