import {
  type CloudFormationClient,
  DeleteStackCommand,
  DescribeStacksCommand,
  paginateListStackResources,
  type Stack,
  waitUntilStackDeleteComplete,
} from '@aws-sdk/client-cloudformation';
import type { S3Client } from '@aws-sdk/client-s3';
import { AwsCallError, awsCall } from '../aws/aws-call-error.ts';
import { collect } from '../aws/collect.ts';
import { emptyBucket } from './empty-bucket.ts';
import { type CustomerStack, StackFailure, type StackState } from './stack-state.ts';

/** The one stack of an account and region; the same as `stackName` in serverless.yml. */
const stackName = 'rosa-lambda-access';

/** The name the framework gives the bucket's resource. */
const bucketResource = 'ServerlessDeploymentBucket';

/** Deleting waits for network interfaces of a function in a VPC, which can take 20 minutes and more. */
const deletionSeconds = 45 * 60;

/** CloudFormation answers ValidationError for a stack that does not exist. */
async function unlessNoStack<Output>(call: Promise<Output>): Promise<Output | undefined> {
  return call.catch((error: unknown) => {
    if (error instanceof AwsCallError && error.code === 'ValidationError') return undefined;
    throw error;
  });
}

function stateOf({ StackStatus, StackStatusReason, Outputs = [] }: Stack): StackState {
  const output = (key: string) => Outputs.find(({ OutputKey }) => OutputKey === key)?.OutputValue;
  return {
    status: StackStatus ?? 'unknown',
    reason: StackStatusReason,
    stage: output('DeployedStage'),
    release: output('DeployedRelease'),
    parameters: JSON.parse(output('DeployedParameters') ?? '{}') as Record<string, string>,
    bucket: output(`${bucketResource}Name`),
  };
}

/** The SDK's waiter has no more to say than the whole answer of CloudFormation. */
const notGone = (name: string, { status, reason }: StackState, cause: unknown): StackFailure =>
  new StackFailure(
    `the stack ${name} is not gone but in the state ${status}${reason ? ` (${reason})` : ''}: its events say what keeps it`,
    { cause },
  );

/** The customer's stack in the account and region of the clients. */
export function cloudFormationStack(
  client: CloudFormationClient,
  s3: S3Client,
  name = stackName,
): CustomerStack {
  const state = async (): Promise<StackState | undefined> => {
    const command = new DescribeStacksCommand({ StackName: name });
    const call = awsCall('cloudformation:DescribeStacks', () => client.send(command));
    const stack = (await unlessNoStack(call))?.Stacks?.[0];
    return stack && stateOf(stack);
  };
  const physicalId = async (logicalId: string): Promise<string | undefined> => {
    const pages = paginateListStackResources({ client }, { StackName: name });
    const listed = collect('cloudformation:ListStackResources', pages, (page) => page.StackResourceSummaries);
    const found = (await unlessNoStack(listed))?.find((one) => one.LogicalResourceId === logicalId);
    return found?.PhysicalResourceId;
  };
  return {
    name,
    state,
    physicalId,
    remove: async () => {
      const bucket = await physicalId(bucketResource);
      if (bucket) await emptyBucket(s3, bucket);
      const command = new DeleteStackCommand({ StackName: name });
      await awsCall('cloudformation:DeleteStack', () => client.send(command));
      const waiter = { client, maxWaitTime: deletionSeconds };
      await waitUntilStackDeleteComplete(waiter, { StackName: name }).catch(async (cause: unknown) => {
        const left = await state();
        if (left) throw notGone(name, left, cause);
      });
    },
  };
}
