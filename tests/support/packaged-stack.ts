import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import {
  CloudFormationClient,
  CreateChangeSetCommand,
  CreateStackCommand,
  DescribeStackResourceCommand,
  ExecuteChangeSetCommand,
  waitUntilChangeSetCreateComplete,
  waitUntilStackCreateComplete,
  waitUntilStackUpdateComplete,
} from '@aws-sdk/client-cloudformation';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { administrator } from '../../tools/journey/customer-account.ts';
import type { PackagedSources } from '../../tools/package-sources.ts';

export type Settings = ReturnType<typeof administrator>;

/** What the framework writes down of a service that it has packaged, as far as it counts here. */
interface PackagedState {
  functions: Record<string, { name: string; tags: Record<string, string> }>;
  provider: { stackName: string; stackTags: Record<string, string>; tags: Record<string, string> };
}

export async function stateOf({ templateFile }: PackagedSources): Promise<PackagedState> {
  const file = join(dirname(templateFile), 'serverless-state.json');
  return JSON.parse(await readFile(file, 'utf8')).service;
}

/** Puts packages and template into the bucket, each package where the template looks for it. @returns its URL */
async function upload(s3: S3Client, Bucket: string, { template, templateFile }: PackagedSources) {
  const put = async (Key: string, file: string) =>
    s3.send(new PutObjectCommand({ Bucket, Key, Body: await readFile(file) }));
  const packages = Object.values(template.Resources).map(async ({ Properties }) => {
    const { S3Key } = (Properties?.Code ?? {}) as { S3Key?: string };
    if (S3Key) await put(S3Key, join(dirname(templateFile), basename(S3Key)));
  });
  await Promise.all([...packages, put('template.json', templateFile)]);
  return `https://s3.amazonaws.com/${Bucket}/template.json`;
}

/**
 * Makes the stack of packaged sources by the calls with which `serverless deploy` does: first with nothing but the
 * bucket for the packages, then by a change set. A later deploy finds what it would after one of its own.
 */
export async function createPackagedStack(settings: Settings, packaged: PackagedSources): Promise<void> {
  const client = new CloudFormationClient(settings);
  const { provider } = await stateOf(packaged);
  const Tags = Object.entries(provider.stackTags).map(([Key, Value]) => ({ Key, Value }));
  const stack = { StackName: provider.stackName };
  const waiter = { client, maxWaitTime: 60, minDelay: 0.05, maxDelay: 0.2 };
  const first = join(dirname(packaged.templateFile), 'cloudformation-template-create-stack.json');
  const TemplateBody = await readFile(first, 'utf8');
  await client.send(new CreateStackCommand({ ...stack, Tags, TemplateBody }));
  await waitUntilStackCreateComplete(waiter, stack);

  const bucket = { ...stack, LogicalResourceId: 'ServerlessDeploymentBucket' };
  const { StackResourceDetail } = await client.send(new DescribeStackResourceCommand(bucket));
  const s3 = new S3Client({ ...settings, forcePathStyle: true });
  const TemplateURL = await upload(s3, StackResourceDetail?.PhysicalResourceId ?? '', packaged);

  const changeSet = { ...stack, ChangeSetName: `${provider.stackName}-change-set` };
  const update = {
    ...changeSet,
    ChangeSetType: 'UPDATE' as const,
    Capabilities: ['CAPABILITY_NAMED_IAM' as const],
  };
  await client.send(new CreateChangeSetCommand({ ...update, Tags, TemplateURL }));
  await waitUntilChangeSetCreateComplete(waiter, changeSet);
  await client.send(new ExecuteChangeSetCommand(changeSet));
  await waitUntilStackUpdateComplete(waiter, stack);
}
