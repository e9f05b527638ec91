import { beforeEach, describe, expect, it } from '@jest/globals';
import { findRecord } from '../../../../shared/logs/find-record.ts';
import { awsError } from '../../../support/fakes/aws-errors.ts';
import {
  FakeInvocationLogs,
  failedRecord,
  invocationRecord,
} from '../../../support/fakes/invocation-logs.ts';

const record = invocationRecord();
const request = {
  functionName: record.function,
  requestId: record.requestId,
  since: new Date('2026-01-31T09:00:00Z'),
};

let logs: FakeInvocationLogs;
let pauses: number[];

/** Looks, and does one thing at each pause. */
const find = (...atPauses: (() => void)[]) =>
  findRecord(
    {
      invocationLogs: logs,
      retryPolicy: {
        attempts: 3,
        firstPauseMs: 1_000,
        random: () => 1,
        sleep: async (ms) => {
          pauses.push(ms);
          atPauses.shift()?.();
        },
      },
    },
    request,
  );

beforeEach(() => {
  logs = new FakeInvocationLogs();
  pauses = [];
});

describe('finding the record of one invocation', () => {
  it('takes no pause when it is there', async () => {
    logs.add(record);
    expect(await find()).toEqual(record);
    expect(pauses).toEqual([]);
  });

  it('waits until it is there', async () => {
    const nothing = () => {};
    expect(await find(nothing, () => logs.add(record))).toEqual(record);
    expect(pauses).toEqual([1_000, 2_000]);
  });

  it('gives up in the end', async () => {
    expect(await find()).toBeUndefined();
    expect(pauses).toHaveLength(2);
  });

  it('gives up where there is no log group', async () => {
    logs = new FakeInvocationLogs([], [record.function]);
    expect(await find()).toBeUndefined();
  });

  it('does not take what Lambda says of the invocation for its record', async () => {
    logs.add(failedRecord({ record: undefined }));
    expect(await find()).toBeUndefined();
  });

  it('fails at once when it may not look', async () => {
    logs.records = async () => {
      throw awsError('logs:FilterLogEvents', 'AccessDeniedException');
    };
    await expect(find()).rejects.toMatchObject({ failure: 'denied' });
    expect(pauses).toEqual([]);
  });
});
