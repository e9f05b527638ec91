import { describe, expect, it } from '@jest/globals';
import { logs } from '../../../../rosactl/commands/logs.ts';
import type { InvocationRecord } from '../../../../shared/logs/invocation-record.ts';
import { fakeContext } from '../../../support/fakes/command-context.ts';
import {
  FakeInvocationLogs,
  failedRecord,
  invocationRecord,
} from '../../../support/fakes/invocation-logs.ts';

const old = '2026-01-31';

/** Runs the command over these records. */
const show = (records: InvocationRecord[], options: Record<string, string | true> = {}, missing?: string[]) =>
  logs.run(fakeContext({ invocationLogs: new FakeInvocationLogs(records, missing) }), {
    since: old,
    ...options,
  });

const checked = invocationRecord({
  eventId: 'checked',
  requestId: 'b1a5c7d2-0000-4000-8000-000000000000',
  time: '2026-01-31T10:05:00.000Z',
  function: 'rosa-network-verifier',
  record: {
    message: 'operation completed',
    operation: 'network-verifier',
    request_id: 'b1a5c7d2-0000-4000-8000-000000000000',
    input_parameters: { vpc_id: 'vpc-0a1b2c3d', subnet_ids: ['subnet-0a1b2c3d'] },
    result: { summary: { status: 'failed' } },
  },
});

describe('logs', () => {
  it('shows one line for each record, the newest last', async () => {
    const { exitCode, lines } = await show([checked, invocationRecord()]);
    expect(exitCode).toBe(0);
    expect(lines).toEqual([
      'TIME (UTC)           FUNCTION                VERSION  RESULT                 TOOK      REQUEST ID                            WHAT',
      '2026-01-31 10:00:00  rosa-oidc-provisioner   1        ✔ completed            12 ms     3f6c0a52-8f4e-4a39-9d0b-6a1d2c7e9b10  cluster_id=2f3a1c7e dry_run=true status=created',
      '2026-01-31 10:05:00  rosa-network-verifier   1        ✔ completed            12 ms     b1a5c7d2-0000-4000-8000-000000000000  vpc_id=vpc-0a1b2c3d status=failed',
    ]);
  });

  it('shows what went wrong, on one line', async () => {
    const error = { name: 'ConflictError', message: 'the provider\nbelongs to another cluster' };
    const { lines } = await show([failedRecord({ error })]);
    expect(lines[1]).toContain('✖ ConflictError');
    expect(lines[1]).toMatch(/the provider belongs to another cluster; cluster_id=2f3a1c7e/);
  });

  it('shows an invocation that left no record of its own', async () => {
    const error = { name: 'Sandbox.Timedout', message: 'Task timed out after 60.00 seconds' };
    const { lines } = await show([failedRecord({ error, record: undefined, durationMs: undefined })]);
    expect(lines[1]).toMatch(/✖ Sandbox.Timedout .* Task timed out after 60.00 seconds$/);
  });

  it('is an array of records for programs', async () => {
    const { data } = await show([invocationRecord()]);
    expect(data).toEqual([invocationRecord()]);
  });

  it.each([
    ['--failed', { failed: true }, ['failed']],
    ['--name', { name: 'network-verifier' }, ['checked']],
    ['--request-id', { requestId: checked.requestId }, ['checked']],
    ['--limit', { limit: '1' }, ['checked']],
  ] as const)('shows only some with %s', async (_flag, options, expected) => {
    const failed = failedRecord({ eventId: 'failed', requestId: 'failed', time: '2026-01-31T09:00:00.000Z' });
    const { data } = await show([failed, checked, invocationRecord({ time: failed.time })], options);
    expect((data as InvocationRecord[]).map(({ eventId }) => eventId)).toEqual(expected);
  });

  it('looks an hour back unless told otherwise', async () => {
    const invocationLogs = new FakeInvocationLogs();
    await logs.run(fakeContext({ invocationLogs }), {});
    const hoursBack = (Date.now() - Number(invocationLogs.reads[0])) / 3_600_000;
    expect(hoursBack).toBeCloseTo(1, 2);
  });

  it('says so when there is nothing, and why', async () => {
    const { exitCode, lines } = await show([], {}, ['rosa-network-verifier']);
    expect(exitCode).toBe(0);
    expect(lines).toEqual([
      'No records. Look further back with --since 7d',
      'rosa-network-verifier has no log group, and so no records',
    ]);
  });
});

describe('logs --follow', () => {
  it('shows each record as it comes, under one heading, until it is interrupted', async () => {
    const interruption = new AbortController();
    const parts: { data: unknown; lines: string[] }[] = [];
    const context = fakeContext({
      invocationLogs: new FakeInvocationLogs([invocationRecord(), checked]),
      interruption: () => interruption.signal,
      show: async (part) => {
        parts.push(part);
        if (parts.length === 2) interruption.abort();
      },
    });
    const outcome = await logs.run(context, { since: old, follow: true });
    expect(outcome).toEqual({ exitCode: 0, data: undefined, lines: [] });
    expect(parts.map(({ data }) => data)).toEqual([invocationRecord(), checked]);
    expect(parts.map(({ lines }) => lines.length)).toEqual([2, 1]);
    const [heading = '', line = ''] = parts[0]?.lines ?? [];
    expect(line.indexOf('✔')).toBe(heading.indexOf('RESULT'));
  });
});

describe('an option of logs', () => {
  const problemOf = (flag: string, value: string) =>
    logs.options.find(({ flags }) => flags.startsWith(flag))?.problem?.(value);

  it.each([
    ['--since', '2h', undefined],
    [
      '--since',
      'yesterday',
      'It must be a duration such as 30m, 1h or 2d, or a time such as 2026-01-31T10:00Z.',
    ],
    ['--request-id', '3f6c0a52-8f4e', undefined],
    ['--request-id', '" OR 1', 'It must be the id of a request.'],
    ['--limit', '20', undefined],
    ['--limit', '0', 'It must be a whole number from 1.'],
  ])('%s %s: %s', (flag, value, expected) => {
    expect(problemOf(flag, value)).toBe(expected);
  });
});
