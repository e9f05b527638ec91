import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { IAMClient } from '@aws-sdk/client-iam';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { describe, expect, it } from '@jest/globals';
import { awsExecutionRoles } from '../../../../shared/status/aws-execution-roles.ts';
import { awsFunctionConfigurations } from '../../../../shared/status/aws-function-configurations.ts';
import { awsFunctionLogGroups } from '../../../../shared/status/aws-function-log-groups.ts';
import { answerCalls } from '../../../support/fakes/aws-client.ts';
import { sdkError } from '../../../support/fakes/aws-errors.ts';

const region = 'us-east-1';
const name = 'rosa-oidc-provisioner';

/** Answers by the command's name; an error is thrown. */
type Answers = Record<string, object | Error>;

const answering =
  (answers: Answers) =>
  ({ command }: { command: string }) => {
    const answer = answers[command.replace('Command', '')] ?? {};
    if (answer instanceof Error) throw answer;
    return answer;
  };

const logGroups = (answers: Answers) =>
  awsFunctionLogGroups(answerCalls(new CloudWatchLogsClient({ region }), answering(answers)));
const roles = (answers: Answers) =>
  awsExecutionRoles(answerCalls(new IAMClient({ region }), answering(answers)));

describe('how long records are kept', () => {
  const groups = (...found: object[]) => ({ DescribeLogGroups: { logGroups: found } });
  const group = { logGroupName: `/aws/lambda/${name}` };

  it.each([
    ['days', groups({ ...group, retentionInDays: 90 }), 90],
    ['for ever', groups(group), 'never expires'],
    ['nowhere', groups(), 'no log group'],
    ['elsewhere', groups({ logGroupName: `/aws/lambda/${name}-two`, retentionInDays: 7 }), 'no log group'],
  ])('can be %s', async (_how, answers, expected) => {
    expect(await logGroups(answers).retention(name)).toBe(expected);
  });
});

describe('the last event', () => {
  const known = Date.parse('2026-01-31T09:00:00Z');
  const streams = (stream: object) => ({ DescribeLogStreams: { logStreams: [stream] } });

  it('is younger than what the stream says, which is late', async () => {
    const answers = {
      ...streams({ lastEventTimestamp: known }),
      FilterLogEvents: { events: [{ timestamp: known }, { timestamp: known + 5_000 }] },
    };
    expect(await logGroups(answers).lastEvent(name)).toEqual(new Date(known + 5_000));
  });

  it('is found among more events than a call has room for as arguments', async () => {
    const events = Array.from({ length: 300_000 }, (_, index) => ({ timestamp: known + index }));
    const answers = { ...streams({ lastEventTimestamp: known }), FilterLogEvents: { events } };
    expect(await logGroups(answers).lastEvent(name)).toEqual(new Date(known + 299_999));
  });

  it('is looked for on ten pages and no more', async () => {
    let page = 0;
    const client = answerCalls(new CloudWatchLogsClient({ region }), ({ command }) => {
      if (command === 'DescribeLogStreamsCommand')
        return streams({ lastEventTimestamp: known }).DescribeLogStreams;
      page += 1;
      return { events: [{ timestamp: known + page }], nextToken: page < 20 ? `page ${page}` : undefined };
    });
    expect(await awsFunctionLogGroups(client).lastEvent(name)).toEqual(new Date(known + 10));
    expect(page).toBe(10);
  });

  it('is not guessed when the events may not be read', async () => {
    const answers = {
      ...streams({ lastEventTimestamp: known }),
      FilterLogEvents: sdkError('AccessDeniedException'),
    };
    await expect(logGroups(answers).lastEvent(name)).rejects.toMatchObject({
      action: 'logs:FilterLogEvents',
      failure: 'denied',
    });
  });

  it('is no older than the stream, when that says nothing yet', async () => {
    expect(await logGroups(streams({ creationTime: known })).lastEvent(name)).toEqual(new Date(known));
  });

  it.each([
    ['no stream', { DescribeLogStreams: { logStreams: [] } }],
    ['no log group', { DescribeLogStreams: sdkError('ResourceNotFoundException') }],
  ])('is none where there is %s', async (_what, answers) => {
    expect(await logGroups(answers).lastEvent(name)).toBeUndefined();
  });
});

describe('what a role may do', () => {
  const document = (Statement: unknown) => ({
    ListRolePolicies: { PolicyNames: ['Own'] },
    GetRolePolicy: { PolicyDocument: encodeURIComponent(JSON.stringify({ Statement })) },
  });
  const actionsOf = async (statement: unknown) =>
    (await roles(document(statement)).permissions('role'))?.inline[0]?.actions;

  it('is what its inline policies allow, and no denial', async () => {
    const statements = [
      { Effect: 'Allow', Action: ['ec2:DescribeVpcs', 'ec2:DescribeSubnets'] },
      { Effect: 'Allow', Action: 'kms:Decrypt' },
      { Effect: 'Deny', Action: 'ec2:CreateNetworkInterface' },
    ];
    expect(await actionsOf(statements)).toEqual(['ec2:DescribeVpcs', 'ec2:DescribeSubnets', 'kms:Decrypt']);
  });

  it('is understood with a single statement', async () => {
    expect(await actionsOf({ Effect: 'Allow', Action: 's3:*' })).toEqual(['s3:*']);
  });

  it('is nearly everything with NotAction', async () => {
    expect(await actionsOf({ Effect: 'Allow', NotAction: 'iam:*' })).toEqual(['everything but iam:*']);
  });

  it('is what its managed policies are', async () => {
    const arn = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
    const answers = { ListAttachedRolePolicies: { AttachedPolicies: [{ PolicyArn: arn }] } };
    expect(await roles(answers).permissions('role')).toEqual({ inline: [], managed: [arn] });
  });

  it('is nothing when there is no such role', async () => {
    const answers = { ListRolePolicies: sdkError('NoSuchEntityException') };
    expect(await roles(answers).permissions('role')).toBeUndefined();
  });

  it('names the action that was denied', async () => {
    const answers = { ListAttachedRolePolicies: sdkError('AccessDenied') };
    await expect(roles(answers).permissions('role')).rejects.toMatchObject({
      action: 'iam:ListAttachedRolePolicies',
      failure: 'denied',
    });
  });
});

describe('the settings of a function', () => {
  const configurations = (answer: object | Error) =>
    awsFunctionConfigurations(
      answerCalls(new LambdaClient({ region }), answering({ GetFunctionConfiguration: answer })),
    );

  it('are those of what is deployed', async () => {
    const settings = { MemorySize: 128, Timeout: 60, Runtime: 'nodejs24.x', Handler: 'handler.handler' };
    const answer = { ...settings, Role: 'arn:aws:iam::123456789012:role/one', FunctionName: name };
    expect(await configurations(answer).configuration(name)).toEqual({
      ...settings,
      roleArn: 'arn:aws:iam::123456789012:role/one',
    });
  });

  it('are those of the version that a stage runs, on request', async () => {
    const asked: unknown[] = [];
    const client = answerCalls(new LambdaClient({ region }), ({ input }) => {
      asked.push(input.Qualifier);
      return { MemorySize: input.Qualifier ? 4096 : 128, Role: 'role' };
    });
    const { configuration } = awsFunctionConfigurations(client);
    expect(await configuration(name, 'prod')).toMatchObject({ MemorySize: 4096 });
    expect(await configuration(name)).toMatchObject({ MemorySize: 128 });
    expect(asked).toEqual(['prod', undefined]);
  });

  it('are undefined when there is no such function or version', async () => {
    const answer = sdkError('ResourceNotFoundException');
    expect(await configurations(answer).configuration(name)).toBeUndefined();
  });
});
