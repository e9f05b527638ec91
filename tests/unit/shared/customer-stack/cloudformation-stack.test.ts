import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import { cloudFormationStack } from '../../../../shared/customer-stack/cloudformation-stack.ts';
import { answerCalls } from '../../../support/fakes/aws-client.ts';
import { sdkError } from '../../../support/fakes/aws-errors.ts';

/** Answers by the command's name, the last one again and again; an error is thrown. */
type Answers = Record<string, (object | Error)[]>;

function stackWith(answers: Answers, name?: string) {
  const sent: { action: string; input: Record<string, unknown> }[] = [];
  const answer = ({ command, input }: { command: string; input: Record<string, unknown> }) => {
    const action = command.replace('Command', '');
    const before = sent.filter((call) => call.action === action).length;
    sent.push({ action, input });
    const found = answers[action]?.[before] ?? answers[action]?.at(-1) ?? {};
    if (found instanceof Error) throw found;
    return found;
  };
  const cloudFormation = answerCalls(new CloudFormationClient({ region: 'us-east-1' }), answer);
  const s3 = answerCalls(new S3Client({ region: 'us-east-1' }), answer);
  return { sent, ...cloudFormationStack(cloudFormation, s3, name) };
}

const noSuchStack = sdkError('ValidationError', 'Stack with id rosa-lambda-access does not exist');
const shown = (stack: object) => ({ Stacks: [stack] });
const output = (OutputKey: string, OutputValue: string) => ({ OutputKey, OutputValue });

describe('the state of the stack', () => {
  it('is what CloudFormation and the last deploy say', async () => {
    const { state } = stackWith({
      DescribeStacks: [
        shown({
          StackStatus: 'UPDATE_ROLLBACK_COMPLETE',
          StackStatusReason: 'no such key',
          Outputs: [
            output('DeployedStage', 'staging'),
            output('DeployedRelease', '0123456789ab'),
            output('DeployedParameters', '{"tracing":"true"}'),
            output('ServerlessDeploymentBucketName', 'the-bucket'),
          ],
        }),
      ],
    });
    expect(await state()).toEqual({
      status: 'UPDATE_ROLLBACK_COMPLETE',
      reason: 'no such key',
      stage: 'staging',
      release: '0123456789ab',
      parameters: { tracing: 'true' },
      bucket: 'the-bucket',
    });
  });

  it('has no parameters as long as nothing was deployed', async () => {
    const { state } = stackWith({ DescribeStacks: [shown({ StackStatus: 'CREATE_COMPLETE' })] });
    expect(await state()).toMatchObject({ status: 'CREATE_COMPLETE', parameters: {} });
  });

  it('is undefined when there is no such stack', async () => {
    expect(await stackWith({ DescribeStacks: [noSuchStack] }).state()).toBeUndefined();
  });

  it('is not taken for undefined when AWS does not tell', async () => {
    const { state } = stackWith({ DescribeStacks: [sdkError('AccessDenied')] });
    await expect(state()).rejects.toMatchObject({
      action: 'cloudformation:DescribeStacks',
      failure: 'denied',
    });
  });

  it('is that of the stack of this product, or of another name', async () => {
    const own = stackWith({ DescribeStacks: [noSuchStack] });
    const other = stackWith({ DescribeStacks: [noSuchStack] }, 'other');
    await Promise.all([own.state(), other.state()]);
    expect(own.sent[0]?.input).toEqual({ StackName: 'rosa-lambda-access' });
    expect(other.sent[0]?.input).toEqual({ StackName: 'other' });
  });
});

describe('removing the stack', () => {
  const withBucket = {
    ListStackResources: [
      {
        StackResourceSummaries: [
          { LogicalResourceId: 'ServerlessDeploymentBucket', PhysicalResourceId: 'the-bucket' },
        ],
      },
    ],
  };
  const gone = { DescribeStacks: [noSuchStack] };
  const actions = ({ sent }: ReturnType<typeof stackWith>) => sent.map(({ action }) => action);

  it('empties its bucket first, whatever is in it, and waits until it is gone', async () => {
    const objects = (letter: string) =>
      Array.from({ length: 600 }, (_, index) => ({ Key: `${letter}${index}` }));
    const first = { Contents: objects('a'), IsTruncated: true, NextContinuationToken: 'more' };
    const stack = stackWith({ ...withBucket, ...gone, ListObjectsV2: [first, { Contents: objects('b') }] });
    await stack.remove();
    expect(actions(stack).slice(-2)).toEqual(['DeleteStack', 'DescribeStacks']);
    const deletions = stack.sent.filter(({ action }) => action === 'DeleteObjects');
    const deleted = deletions.map(({ input }) => (input.Delete as { Objects: object[] }).Objects);
    expect(deleted.flat()).toEqual([...objects('a'), ...objects('b')]);
    expect(deleted.map(({ length }) => length)).toEqual([1_000, 200]);
  });

  it.each([
    ['is empty', { ...withBucket, ListObjectsV2: [{}] }],
    ['is gone', { ...withBucket, ListObjectsV2: [sdkError('NoSuchBucket')] }],
    ['was never made', { ListStackResources: [sdkError('ValidationError')] }],
  ])('needs nothing deleted from a bucket that %s', async (_what, answers) => {
    const stack = stackWith({ ...answers, ...gone });
    await stack.remove();
    expect(actions(stack)).not.toContain('DeleteObjects');
    expect(actions(stack)).toContain('DeleteStack');
  });

  it.each([
    ['s3:ListBucket', 'the listing is refused', { ListObjectsV2: [sdkError('AccessDenied')] }],
    [
      's3:DeleteObject',
      'deleting is refused',
      { ListObjectsV2: [{ Contents: [{ Key: 'a' }] }], DeleteObjects: [sdkError('AccessDenied')] },
    ],
    [
      's3:DeleteObject',
      'one object cannot be deleted',
      {
        ListObjectsV2: [{ Contents: [{ Key: 'a' }, { Key: 'b' }] }],
        DeleteObjects: [{ Errors: [{ Key: 'b', Code: 'AccessDenied', Message: 'b is not yours' }] }],
      },
    ],
  ])('leaves the stack alone, and names %s, when %s', async (action, _what, answers) => {
    const stack = stackWith({ ...withBucket, ...gone, ...answers });
    await expect(stack.remove()).rejects.toMatchObject({ action, failure: 'denied' });
    expect(actions(stack)).not.toContain('DeleteStack');
  });

  it('fails when AWS refuses it', async () => {
    const stack = stackWith({ ...gone, DeleteStack: [sdkError('AccessDenied')] });
    await expect(stack.remove()).rejects.toMatchObject({
      action: 'cloudformation:DeleteStack',
      failure: 'denied',
    });
  });

  it('fails with the reason of CloudFormation when the stack stays', async () => {
    const StackStatusReason = 'The following resource(s) failed to delete: [NetworkVerifierLambdaFunction].';
    const stack = stackWith({ DescribeStacks: [shown({ StackStatus: 'DELETE_FAILED', StackStatusReason })] });
    await expect(stack.remove()).rejects.toMatchObject({
      name: 'StackFailure',
      message: expect.stringContaining(`DELETE_FAILED (${StackStatusReason})`),
    });
  });
});
