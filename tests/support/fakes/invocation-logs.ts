import type { InvocationLogs } from '../../../shared/logs/invocation-logs.ts';
import type { InvocationRecord } from '../../../shared/logs/invocation-record.ts';

/** A record of a completed dry run of rosa-oidc-provisioner, or what is given. */
export const invocationRecord = (differences: Partial<InvocationRecord> = {}): InvocationRecord => {
  const requestId = differences.requestId ?? '3f6c0a52-8f4e-4a39-9d0b-6a1d2c7e9b10';
  return {
    eventId: `event-of-${requestId}`,
    time: '2026-01-31T10:00:00.000Z',
    function: 'rosa-oidc-provisioner',
    version: '1',
    requestId,
    failed: false,
    durationMs: 12.4,
    record: {
      message: 'operation completed',
      operation: 'oidc-provisioner',
      request_id: requestId,
      function_version: '1',
      input_parameters: { cluster_id: '2f3a1c7e', dry_run: true },
      result: { status: 'created', dry_run: true },
      duration: 12.4,
    },
    ...differences,
  };
};

/** The record of an invocation that a function let fail. */
export const failedRecord = (differences: Partial<InvocationRecord> = {}): InvocationRecord =>
  invocationRecord({
    failed: true,
    error: { name: 'ThrottledError', message: 'AWS is limiting the rate of calls' },
    ...differences,
  });

/** Log groups in memory. */
export class FakeInvocationLogs implements InvocationLogs {
  readonly #records: InvocationRecord[];
  readonly #missing: string[];
  /** How far back each read went. */
  readonly reads: Date[] = [];

  /** @param missing functions that have no log group */
  constructor(records: InvocationRecord[] = [], missing: string[] = []) {
    this.#records = [...records];
    this.#missing = missing;
  }

  add(...records: InvocationRecord[]): void {
    this.#records.push(...records);
  }

  async records(
    functionName: string,
    { since, until, requestId }: Parameters<InvocationLogs['records']>[1],
  ): Promise<InvocationRecord[] | undefined> {
    this.reads.push(since);
    if (this.#missing.includes(functionName)) return undefined;
    return this.#records.filter((record) => {
      const time = new Date(record.time);
      const isOfTime = time >= since && (!until || time <= until);
      return record.function === functionName && isOfTime && (!requestId || record.requestId === requestId);
    });
  }
}
