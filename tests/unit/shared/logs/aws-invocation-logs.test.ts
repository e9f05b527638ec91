import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { describe, expect, it } from '@jest/globals';
import { awsInvocationLogs } from '../../../../shared/logs/aws-invocation-logs.ts';
import { answerCalls, type SentCall } from '../../../support/fakes/aws-client.ts';
import { sdkError } from '../../../support/fakes/aws-errors.ts';

const since = new Date('2026-01-31T09:00:00Z');
const requestId = '3f6c0a52-8f4e-4a39-9d0b-6a1d2c7e9b10';

const event = {
  eventId: '1',
  timestamp: since.getTime(),
  logStreamName: '2026/01/31/[1]8f5e',
  message: JSON.stringify({ message: 'operation completed', request_id: requestId }),
};

const logsAnswering = (answer: (call: SentCall) => object) =>
  awsInvocationLogs(answerCalls(new CloudWatchLogsClient({ region: 'us-east-1' }), answer));

describe('records from CloudWatch Logs', () => {
  it('are looked for on every page, behind an empty one too', async () => {
    const pages: object[] = [{ events: [], nextToken: 'a' }, { nextToken: 'b' }, { events: [event] }];
    const logs = logsAnswering(() => pages.shift() ?? {});
    const records = await logs.records('rosa-oidc-provisioner', { since });
    expect(records).toEqual([expect.objectContaining({ eventId: '1', requestId, version: '1' })]);
  });

  it('are those of the function, the time and the request', async () => {
    const sent: SentCall[] = [];
    const logs = logsAnswering((call) => {
      sent.push(call);
      return { events: [] };
    });
    const until = new Date('2026-01-31T10:00:00Z');
    await logs.records('rosa-oidc-provisioner', { since, until, requestId });
    expect(sent[0]).toMatchObject({
      command: 'FilterLogEventsCommand',
      input: {
        logGroupName: '/aws/lambda/rosa-oidc-provisioner',
        startTime: since.getTime(),
        endTime: until.getTime(),
        filterPattern: `"${requestId}"`,
      },
    });
  });

  it('are undefined where there is no log group', async () => {
    const logs = logsAnswering(() => {
      throw sdkError('ResourceNotFoundException');
    });
    expect(await logs.records('rosa-oidc-provisioner', { since })).toBeUndefined();
  });

  it('cannot be read without the permission, which is named', async () => {
    const logs = logsAnswering(() => {
      throw sdkError('AccessDeniedException');
    });
    await expect(logs.records('rosa-oidc-provisioner', { since })).rejects.toMatchObject({
      action: 'logs:FilterLogEvents',
      failure: 'denied',
    });
  });
});
