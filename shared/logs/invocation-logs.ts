import type { InvocationRecord } from './invocation-record.ts';

/** Which records of a function. */
export interface RecordQuery {
  since: Date;
  until?: Date;
  /** Lambda's id of one invocation. */
  requestId?: string;
}

/** What the functions have logged about their invocations. Every call rejects with AwsCallError. */
export interface InvocationLogs {
  /** The records, oldest first; undefined when the function has no log group. */
  records(functionName: string, query: RecordQuery): Promise<InvocationRecord[] | undefined>;
}
