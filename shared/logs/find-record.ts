import { type RetryPolicy, retry } from '../retry.ts';
import type { InvocationLogs } from './invocation-logs.ts';
import type { InvocationRecord } from './invocation-record.ts';

/** Which invocation's record. */
export interface FindRecordRequest {
  functionName: string;
  requestId: string;
  /** Some time before the invocation, with room for clocks that differ. */
  since: Date;
}

class NotThereYet extends Error {}

/**
 * Looks for the record that a function has written about one invocation until it is there: it takes seconds from
 * writing a line to finding it.
 * @param dependencies `retryPolicy` says how often and at what intervals to look
 * @returns undefined when it was not there the last time either
 * @throws AwsCallError
 */
export async function findRecord(
  { invocationLogs, retryPolicy }: { invocationLogs: InvocationLogs; retryPolicy: RetryPolicy },
  { functionName, ...query }: FindRecordRequest,
): Promise<InvocationRecord | undefined> {
  const look = async () => {
    const found = (await invocationLogs.records(functionName, query)) ?? [];
    const own = found.find(({ record, requestId }) => record && requestId === query.requestId);
    if (!own) throw new NotThereYet();
    return own;
  };
  const isMissing = (error: unknown) => error instanceof NotThereYet;
  return retry(retryPolicy, isMissing, look).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
}
