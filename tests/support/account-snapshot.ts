import {
  CloudFormationClient,
  DescribeStacksCommand,
  ListStackResourcesCommand,
} from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { GetRolePolicyCommand, IAMClient, ListRolePoliciesCommand } from '@aws-sdk/client-iam';
import {
  GetFunctionCommand,
  GetPolicyCommand,
  LambdaClient,
  ListAliasesCommand,
  ListVersionsByFunctionCommand,
} from '@aws-sdk/client-lambda';
import type { LocalAws } from '../../local-aws/local-aws.ts';
import { administrator } from '../../tools/journey/customer-account.ts';

export const functionNames = ['rosa-oidc-provisioner', 'rosa-preflight-checker', 'rosa-network-verifier'];

interface Clients {
  cloudFormation: CloudFormationClient;
  iam: IAMClient;
  lambda: LambdaClient;
  logs: CloudWatchLogsClient;
}

async function roleOf({ iam }: Clients, arn: string) {
  const RoleName = arn.split('/').at(-1) ?? '';
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
  const policies = PolicyNames.sort().map((PolicyName) =>
    iam.send(new GetRolePolicyCommand({ RoleName, PolicyName })),
  );
  return (await Promise.all(policies)).map(({ PolicyName, PolicyDocument }) => [PolicyName, PolicyDocument]);
}

async function functionOf(clients: Clients, FunctionName: string) {
  const { lambda } = clients;
  const { Configuration, Tags } = await lambda.send(new GetFunctionCommand({ FunctionName }));
  const { Versions = [] } = await lambda.send(new ListVersionsByFunctionCommand({ FunctionName }));
  const { Aliases = [] } = await lambda.send(new ListAliasesCommand({ FunctionName }));
  const policy = await lambda.send(new GetPolicyCommand({ FunctionName, Qualifier: 'prod' }));
  return {
    code: Configuration?.CodeSha256,
    memory: Configuration?.MemorySize,
    timeout: Configuration?.Timeout,
    environment: Configuration?.Environment?.Variables,
    tags: Tags,
    role: await roleOf(clients, Configuration?.Role ?? ''),
    versions: Versions.map(({ Version, CodeSha256 }) => [Version, CodeSha256]),
    aliases: Aliases.map(({ Name, FunctionVersion, Description }) => [Name, FunctionVersion, Description]),
    permissions: JSON.parse(policy.Policy ?? 'null').Statement,
  };
}

async function stackOf({ cloudFormation }: Clients, StackName: string) {
  const { Stacks = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName }));
  const { StackResourceSummaries = [] } = await cloudFormation.send(
    new ListStackResourcesCommand({ StackName }),
  );
  return {
    status: Stacks[0]?.StackStatus?.replace(/^(CREATE|UPDATE)_/, ''),
    outputs: Stacks[0]?.Outputs?.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]),
    resources: StackResourceSummaries.map(({ LogicalResourceId }) => LogicalResourceId).sort(),
  };
}

async function logGroupsOf({ logs }: Clients) {
  const { logGroups = [] } = await logs.send(
    new DescribeLogGroupsCommand({ logGroupNamePrefix: '/aws/lambda/rosa-' }),
  );
  return logGroups.map(({ logGroupName, retentionInDays, kmsKeyId }) => [
    logGroupName,
    retentionInDays,
    kmsKeyId,
  ]);
}

/**
 * All that setting an account up leaves in a region, as a text that is equal for equal set-ups: names that AWS makes
 * up, and the region itself, are replaced. What was uploaded is left out: an interrupted upload leaves a folder in
 * the bucket, which later deploys clear away.
 */
export async function accountSnapshot(aws: LocalAws, region: string): Promise<string> {
  const config = { ...administrator(aws), region };
  const clients = {
    cloudFormation: new CloudFormationClient(config),
    iam: new IAMClient(config),
    lambda: new LambdaClient(config),
    logs: new CloudWatchLogsClient(config),
  };
  const snapshot = {
    stack: await stackOf(clients, 'rosa-lambda-access'),
    functions: await Promise.all(functionNames.map((name) => functionOf(clients, name))),
    logGroups: await logGroupsOf(clients),
  };
  return JSON.stringify(snapshot, undefined, 2)
    .replaceAll(region, 'REGION')
    .replace(/(serverlessdeploymentbucket-)\w+/g, '$1…');
}
