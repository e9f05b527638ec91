import { describe, expect, it } from '@jest/globals';
import { recordsIn } from '../../../../shared/logs/invocation-record.ts';

const requestId = '3f6c0a52-8f4e-4a39-9d0b-6a1d2c7e9b10';
const timestamp = Date.parse('2026-01-31T10:00:00Z');

let events = 0;
const line = (message: string) => {
  events += 1;
  return { eventId: `event-${events}`, timestamp, logStreamName: '2026/01/31/[7]8f5e0d3c', message };
};

const read = (...messages: string[]) => recordsIn('rosa-network-verifier', messages.map(line));

const audit = (differences: object) =>
  `${JSON.stringify({
    level: 'INFO',
    message: 'operation completed',
    operation: 'network-verifier',
    request_id: requestId,
    function_version: '3',
    duration: 12.4,
    errors: [],
    ...differences,
  })}\n`;

const completed = audit({ result: { summary: { status: 'passed' } } });
const failed = audit({
  message: 'operation failed',
  result: { errorType: 'AccessDeniedError', errorMessage: 'ec2:DescribeVpcs was refused' },
});

const start = `START RequestId: ${requestId} Version: 3\n`;
const report = (end: string) =>
  `REPORT RequestId: ${requestId}\tDuration: 3000.00 ms\tBilled Duration: 3100 ms\tMemory Size: 256 MB\tMax Memory Used: 90 MB\t${end}\n`;

describe('the record of an invocation', () => {
  it('is what the function wrote of it', () => {
    const [record, ...others] = read(start, completed, `END RequestId: ${requestId}\n`, report(''));
    expect(others).toEqual([]);
    expect(record).toMatchObject({
      time: '2026-01-31T10:00:00.000Z',
      function: 'rosa-network-verifier',
      version: '3',
      requestId,
      failed: false,
      durationMs: 12.4,
      record: { operation: 'network-verifier', result: { summary: { status: 'passed' } } },
    });
  });

  it('names the error of an operation that failed', () => {
    expect(read(failed)).toEqual([
      expect.objectContaining({
        failed: true,
        error: { name: 'AccessDeniedError', message: 'ec2:DescribeVpcs was refused' },
      }),
    ]);
  });

  it.each([
    ['metrics', '{"_aws":{"CloudWatchMetrics":[]},"service":"network-verifier","ColdStart":1}'],
    ['a line that only looks like JSON', '{ not JSON'],
    ['JSON of another kind', '{"message":"hello"}'],
    ['a report of an invocation that went well', report('Init Duration: 120.00 ms')],
    ['an empty line', '\n'],
  ])('is not %s', (_what, message) => {
    expect(read(message)).toEqual([]);
  });
});

describe('an invocation that Lambda ended', () => {
  it.each([
    [
      'took too long, as Lambda says today',
      [start, report('Status: timeout')],
      { name: 'Sandbox.Timedout', message: 'Task timed out after 3.00 seconds' },
    ],
    [
      'took too long, as Lambda said it before',
      [start, `2026-01-31T10:00:03.000Z ${requestId} Task timed out after 3.00 seconds\n\n`, report('')],
      { name: 'Sandbox.Timedout', message: 'Task timed out after 3.00 seconds' },
    ],
    [
      'stopped its process',
      [
        start,
        `RequestId: ${requestId} Error: Runtime exited with error: signal: killed\nRuntime.ExitError\n`,
      ],
      { name: 'Runtime.ExitError', message: 'Runtime exited with error: signal: killed' },
    ],
    [
      'ran out of memory',
      [start, report('Status: error\tError Type: Runtime.OutOfMemory')],
      { name: 'Runtime.OutOfMemory', message: 'Lambda ended the invocation with the status error' },
    ],
  ])('because it %s has failed', (_how, messages, error) => {
    expect(read(...messages)).toEqual([
      expect.objectContaining({ requestId, failed: true, error, version: '7' }),
    ]);
  });

  it('is one record, however many lines tell of it', () => {
    const complaint = `2026-01-31T10:00:03.000Z ${requestId} Task timed out after 3.00 seconds\n`;
    expect(read(complaint, report('Status: timeout'))).toHaveLength(1);
  });

  it('is told by its own record where it has written one', () => {
    const records = read(failed, report('Status: error\tError Type: AccessDeniedError'));
    expect(records).toEqual([expect.objectContaining({ record: expect.anything() })]);
  });
});
