import { describe, expect, it } from '@jest/globals';
import { follow } from '../../../../shared/logs/follow.ts';
import type { InvocationRecord } from '../../../../shared/logs/invocation-record.ts';
import { readRecords } from '../../../../shared/logs/read-records.ts';
import {
  FakeInvocationLogs,
  failedRecord,
  invocationRecord,
} from '../../../support/fakes/invocation-logs.ts';

const since = new Date('2026-01-31T09:00:00Z');
const at = (time: string, rest: Partial<InvocationRecord> = {}) =>
  invocationRecord({ requestId: time, time: `2026-01-31T${time}.000Z`, ...rest });
const failedAt = (time: string) => failedRecord({ requestId: time, time: `2026-01-31T${time}.000Z` });

const idsOf = (records: InvocationRecord[]) => records.map(({ requestId }) => requestId);

describe('reading records', () => {
  const functionNames = ['rosa-oidc-provisioner', 'rosa-network-verifier'];

  it('merges those of several functions by time', async () => {
    const logs = new FakeInvocationLogs([
      at('10:00:00'),
      at('10:02:00'),
      at('10:01:00', { function: 'rosa-network-verifier' }),
    ]);
    const { records } = await readRecords(logs, { functionNames, since });
    expect(idsOf(records)).toEqual(['10:00:00', '10:01:00', '10:02:00']);
  });

  it('gives only failed ones when asked', async () => {
    const logs = new FakeInvocationLogs([at('10:00:00'), failedAt('10:01:00')]);
    const { records } = await readRecords(logs, { functionNames, since, failed: true });
    expect(idsOf(records)).toEqual(['10:01:00']);
  });

  it('says which functions have no log group', async () => {
    const logs = new FakeInvocationLogs([at('10:00:00')], ['rosa-network-verifier']);
    const { records, withoutLogGroup } = await readRecords(logs, { functionNames, since });
    expect(records).toHaveLength(1);
    expect(withoutLogGroup).toEqual(['rosa-network-verifier']);
  });
});

describe('following records', () => {
  /** Follows, and does one thing at each pause; is interrupted at the pause after the last. */
  const followed = async (
    logs: FakeInvocationLogs,
    pauses: (() => void)[],
    request: { failed?: boolean } = {},
  ) => {
    const interruption = new AbortController();
    const sleep = async () => {
      const next = pauses.shift();
      if (next) next();
      else interruption.abort();
    };
    const all: InvocationRecord[] = [];
    const wanted = { functionNames: ['rosa-oidc-provisioner'], since, ...request };
    for await (const record of follow({ invocationLogs: logs, sleep }, wanted, interruption.signal)) {
      all.push(record);
    }
    return idsOf(all);
  };

  it('gives what is there, then what comes, each once', async () => {
    const logs = new FakeInvocationLogs([at('10:00:00')]);
    const add = (time: string) => () => logs.add(at(time));
    expect(await followed(logs, [add('10:00:05'), () => {}, add('10:00:09')])).toEqual([
      '10:00:00',
      '10:00:05',
      '10:00:09',
    ]);
  });

  it('gives a record that becomes visible after a younger one', async () => {
    const logs = new FakeInvocationLogs([at('10:00:20')]);
    expect(await followed(logs, [() => logs.add(at('10:00:05'))])).toEqual(['10:00:20', '10:00:05']);
  });

  it('does not read all over again each time', async () => {
    const logs = new FakeInvocationLogs([at('10:00:00')]);
    await followed(logs, [() => {}], { failed: true });
    expect(logs.reads).toEqual([since, new Date('2026-01-31T09:59:30Z')]);
  });

  it('gives only failed ones when asked', async () => {
    const logs = new FakeInvocationLogs([at('10:00:00'), failedAt('10:00:01')]);
    expect(await followed(logs, [() => logs.add(failedAt('10:00:02'))], { failed: true })).toEqual([
      '10:00:01',
      '10:00:02',
    ]);
  });

  it("does not repeat in Lambda's words what a function has told itself", async () => {
    const own = failedAt('10:00:00');
    const logs = new FakeInvocationLogs([own]);
    const byLambda = { ...own, eventId: 'report', record: undefined };
    expect(await followed(logs, [() => logs.add(byLambda)])).toEqual(['10:00:00']);
  });

  it('does not begin when it is interrupted already', async () => {
    const logs = new FakeInvocationLogs([at('10:00:00')]);
    const wanted = { functionNames: ['rosa-oidc-provisioner'], since };
    const given = follow({ invocationLogs: logs, sleep: async () => {} }, wanted, AbortSignal.abort());
    expect(await given.next()).toEqual({ done: true, value: undefined });
  });
});
