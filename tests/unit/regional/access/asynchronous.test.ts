import { describe, expect, it } from '@jest/globals';
import type { Started } from '../../../../regional/access/access.ts';
import type { InvocationRecord } from '../../../../shared/logs/invocation-record.ts';
import {
  fakePlatform,
  invoked,
  oidcArn,
  registeredAccount,
  requestId,
  requests,
  results,
  roleAccount,
} from '../../../support/fakes/access.ts';
import { awsError } from '../../../support/fakes/aws-errors.ts';
import {
  FakeInvocationLogs,
  failedRecord,
  invocationRecord,
} from '../../../support/fakes/invocation-logs.ts';

const account = () => roleAccount({ access_mode: 'lambda' });
const within = { withinMs: 60_000 };
const time = '2026-03-01T10:00:01.000Z';
const started: Started = { requestId, functionArn: oidcArn, startedAt: '2026-03-01T10:00:00.000Z' };

const completed = () => {
  const record = invocationRecord({ requestId, time, version: '7' });
  return {
    ...record,
    record: { ...record.record, result: { ...results['oidc-provisioner'] }, rosa_version: '0.9.0' },
  };
};
const failed = (name: string) => failedRecord({ requestId, time, error: { name, message: 'the reason' } });

/** What a look at these records comes to, so many minutes after the start. */
async function look(records: InvocationRecord[], minutes = 0) {
  const { access, clock } = fakePlatform({ logs: new FakeInvocationLogs(records as InvocationRecord[]) });
  await clock.sleep(minutes * 60_000);
  return access.poll(account(), 'oidc-provisioner', started, within);
}

describe('an operation that nobody waits for', () => {
  it('is queued, and its request id is told', async () => {
    const { access, aws } = fakePlatform({ invoke: async () => ({ ...invoked(), payload: '' }) });
    const request = requests['oidc-provisioner'];
    expect(await access.start(account(), 'oidc-provisioner', request, within)).toEqual({
      outcome: 'started',
      started,
    });
    expect(aws.calls[0]?.args[0]).toMatchObject({ asynchronously: true, functionArn: oidcArn });
  });

  it('is pending until its function has written a record', async () => {
    expect(await look([])).toEqual({ outcome: 'pending' });
    expect(await look([invocationRecord({ requestId: 'another', time })])).toEqual({ outcome: 'pending' });
  });

  it('is answered by the record', async () => {
    expect(await look([completed() as InvocationRecord])).toMatchObject({
      outcome: 'answered',
      result: results['oidc-provisioner'],
      trace: {
        via: 'lambda',
        requestId,
        version: '7',
        release: '0.9.0',
        durationMs: 12.4,
        functionArn: oidcArn,
      },
    });
  });

  it('fails as its function does, at once where another try would not help', async () => {
    expect(await look([failed('ConflictError')])).toMatchObject({
      outcome: 'failed',
      failure: { kind: 'function-failed', errorType: 'ConflictError', mayPass: false },
    });
  });

  it('is pending as long as Lambda tries again by itself', async () => {
    expect(await look([failed('ThrottledError'), failed('ThrottledError')])).toEqual({ outcome: 'pending' });
    const last = [failed('ThrottledError'), failed('ThrottledError'), failed('ThrottledError')];
    expect(await look(last)).toMatchObject({ outcome: 'failed', failure: { errorType: 'ThrottledError' } });
  });

  it("is answered by a later one of Lambda's tries", async () => {
    const records = [failed('ThrottledError'), completed() as InvocationRecord];
    expect(await look(records)).toMatchObject({ outcome: 'answered' });
  });

  it('is given up after 20 minutes without a record', async () => {
    expect(await look([], 20)).toEqual({ outcome: 'pending' });
    expect(await look([], 21)).toMatchObject({
      outcome: 'failed',
      failure: { kind: 'timed-out', message: expect.stringContaining(requestId) },
    });
  });

  it('ends after 20 minutes as the last of its tries did', async () => {
    expect(await look([failed('Sandbox.Timedout')], 21)).toMatchObject({
      outcome: 'failed',
      failure: { kind: 'timed-out', errorType: 'Sandbox.Timedout' },
    });
  });

  it('has no result when its record was shortened', async () => {
    const record = { ...completed(), record: { ...completed().record, result: { left_out: 'the result' } } };
    expect(await look([record as InvocationRecord])).toMatchObject({
      outcome: 'failed',
      failure: { kind: 'invalid-result' },
    });
  });
});

describe('a function whose log is closed to the platform', () => {
  const closed = () => registeredAccount({ access_mode: 'lambda' });

  it('is not started without somebody who waits for it', async () => {
    const { access, aws } = fakePlatform();
    const request = requests['oidc-provisioner'];
    expect(await access.start(closed(), 'oidc-provisioner', request, within)).toMatchObject({
      outcome: 'failed',
      failure: { kind: 'denied', message: expect.stringContaining('the authentication assume-role') },
    });
    expect(aws.calls).toEqual([]);
  });

  it('is not looked for in it', async () => {
    const { access } = fakePlatform();
    expect(await access.poll(closed(), 'oidc-provisioner', started, within)).toMatchObject({
      outcome: 'failed',
      failure: { kind: 'denied', errorType: 'LogNotReadable' },
    });
  });

  it('says so when the role may not read it', async () => {
    const records = async () => {
      throw awsError('logs:FilterLogEvents', 'AccessDeniedException');
    };
    const { access } = fakePlatform({ logs: { records } });
    expect(await access.poll(account(), 'oidc-provisioner', started, within)).toMatchObject({
      failure: { kind: 'denied', message: expect.stringContaining('call logs:FilterLogEvents') },
    });
  });
});

describe('AWS that does not answer', () => {
  it('is not waited for longer than the caller says, at the start and at a look', async () => {
    const never = () => new Promise<never>(() => {});
    const { access } = fakePlatform({ invoke: never, logs: { records: never } });
    const soon = { withinMs: 30 };
    const timedOut = { outcome: 'failed', failure: { kind: 'timed-out', mayPass: true } };
    const request = requests['oidc-provisioner'];
    expect(await access.start(account(), 'oidc-provisioner', request, soon)).toMatchObject(timedOut);
    expect(await access.poll(account(), 'oidc-provisioner', started, soon)).toMatchObject(timedOut);
  });
});
