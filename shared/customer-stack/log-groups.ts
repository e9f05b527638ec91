import {
  AssociateKmsKeyCommand,
  type CloudWatchLogsClient,
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
  DisassociateKmsKeyCommand,
  type LogGroup,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { AwsCallError, awsCall, unlessMissing } from '../aws/aws-call-error.ts';
import { logGroupOf, type WantedRetention, wantedRetention } from './log-group-name.ts';

/** How the log group of a function is to be. */
export interface WantedLogGroup extends WantedRetention {
  name: string;
  tags: Record<string, string>;
}

/** The log group of exactly this name. */
export async function findLogGroup(
  client: CloudWatchLogsClient,
  name: string,
): Promise<LogGroup | undefined> {
  const command = new DescribeLogGroupsCommand({ logGroupNamePrefix: name });
  const { logGroups = [] } = await awsCall('logs:DescribeLogGroups', () => client.send(command));
  return logGroups.find(({ logGroupName }) => logGroupName === name);
}

async function create(client: CloudWatchLogsClient, { name, kmsKeyArn, tags }: WantedLogGroup) {
  const command = new CreateLogGroupCommand({ logGroupName: name, kmsKeyId: kmsKeyArn, tags });
  const created = awsCall('logs:CreateLogGroup', () => client.send(command));
  await created.catch((error: unknown) => {
    if (!(error instanceof AwsCallError && error.failure === 'exists')) throw error;
  });
}

async function changeKey(client: CloudWatchLogsClient, logGroupName: string, kmsKeyId: string | undefined) {
  if (kmsKeyId) {
    const command = new AssociateKmsKeyCommand({ logGroupName, kmsKeyId });
    await awsCall('logs:AssociateKmsKey', () => client.send(command));
  } else {
    const command = new DisassociateKmsKeyCommand({ logGroupName });
    await awsCall('logs:DisassociateKmsKey', () => client.send(command));
  }
}

/**
 * Makes a log group as it is to be, or mends it. It is no part of the stack: its records have to outlive the stack,
 * and CloudFormation could not take a group that was kept into a stack that is made again.
 * @throws AwsCallError
 */
export async function ensureLogGroup(client: CloudWatchLogsClient, wanted: WantedLogGroup): Promise<void> {
  const present = await findLogGroup(client, wanted.name);
  if (!present) await create(client, wanted);
  else if (present.kmsKeyId !== wanted.kmsKeyArn) await changeKey(client, wanted.name, wanted.kmsKeyArn);
  if (present?.retentionInDays === wanted.retentionDays) return;
  const command = new PutRetentionPolicyCommand({
    logGroupName: wanted.name,
    retentionInDays: wanted.retentionDays,
  });
  await awsCall('logs:PutRetentionPolicy', () => client.send(command));
}

/** A function whose log group is seen to, and the tags of its own. */
interface LoggingFunction {
  name: string;
  tags: Record<string, string>;
}

/**
 * Makes the log groups of the functions as the stack's parameters want them, or mends them.
 * @param parameters `logRetentionDays` and `kmsKeyArn` are looked at
 * @throws AwsCallError
 */
export async function ensureLogGroups(
  client: CloudWatchLogsClient,
  functions: LoggingFunction[],
  parameters: Record<string, string>,
): Promise<void> {
  const wanted = wantedRetention(parameters);
  await Promise.all(
    functions.map(({ name, tags }) => ensureLogGroup(client, { ...wanted, name: logGroupOf(name), tags })),
  );
}

/** Whether a log group is there. */
export const isLogGroup = async (client: CloudWatchLogsClient, name: string): Promise<boolean> =>
  (await findLogGroup(client, name)) !== undefined;

/** Deletes a log group with all its records; one that is gone already is no error. */
export async function deleteLogGroup(client: CloudWatchLogsClient, name: string): Promise<void> {
  const command = new DeleteLogGroupCommand({ logGroupName: name });
  await unlessMissing(awsCall('logs:DeleteLogGroup', () => client.send(command)));
}
