import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { LocalAws } from '../../local-aws/local-aws.ts';
import { deploy } from '../deploy.ts';
import { type AwsOfAccount, administrator } from './customer-account.ts';

/** The account that stands for Red Hat's on the laptop, and the role its cluster manager runs with. */
const account = '111122223333';
const stage = 'prod';
const stackName = 'rosa-regional';
export const clmRoleArn = `arn:aws:iam::${account}:role/CLMServiceRole`;

/** A regional service that is deployed. */
export interface RegionalPlatform {
  /** What rosactl takes as `--platform-api-url`. */
  apiUrl: string;
  /** What a process needs to administer its account and nothing else. */
  environment: Record<string, string>;
}

/** Credentials of a role, for whoever administers the laptop AWS. */
export async function credentialsOf(aws: LocalAws, roleArn: string) {
  const sts = new STSClient(administrator(aws));
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'journey' }),
  );
  return {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  };
}

/** The laptop AWS as the administrator of another account of its organization has it. */
export async function awsOfAccount(aws: LocalAws, accountId: string): Promise<AwsOfAccount> {
  const roleArn = `arn:aws:iam::${accountId}:role/OrganizationAccountAccessRole`;
  const { accessKeyId, secretAccessKey, sessionToken } = await credentialsOf(aws, roleArn);
  const credentials = {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  };
  return { url: aws.url, environment: { ...aws.environment, ...credentials } };
}

/** SDK settings for an administrator of Red Hat's account. */
export const regionalAdministrator = async (aws: LocalAws) => administrator(await awsOfAccount(aws, account));

async function apiIdOf(settings: ConstructorParameters<typeof CloudFormationClient>[0]): Promise<string> {
  const cloudFormation = new CloudFormationClient(settings ?? {});
  const { Stacks } = await cloudFormation.send(new DescribeStacksCommand({ StackName: stackName }));
  const id = Stacks?.[0]?.Outputs?.find(({ OutputKey }) => OutputKey === 'ApiId')?.OutputValue;
  if (!id) throw new Error(`the stack ${stackName} does not tell the id of its API`);
  return id;
}

/** Where the laptop AWS serves an API: on AWS it is a host of its own, which the stack's output ApiUrl tells. */
const urlOn = (aws: LocalAws, apiId: string): string => `${aws.url}/_aws/execute-api/${apiId}/${stage}`;

/** What has no default among the parameters of the regional service. */
export const regionalParameters = { oidcIssuerBaseUrl: 'https://oidc.op1.openshiftapps.com' };

/** What rosactl takes as `--platform-api-url`. @param settings of an administrator of Red Hat's account */
export const regionalApiUrl = async (
  aws: LocalAws,
  settings: ConstructorParameters<typeof CloudFormationClient>[0],
): Promise<string> => urlOn(aws, await apiIdOf(settings));

/** How the regional service is deployed. */
interface RegionalDeployment {
  /** The project's folder, or a copy of it. */
  folder: string;
  parameters?: Record<string, string>;
  /** More variables for the command. */
  environment?: Record<string, string>;
}

/** Deploys the regional service into Red Hat's account. */
export async function deployRegionalPlatform(
  aws: LocalAws,
  { folder, parameters = {}, environment: more = {} }: RegionalDeployment,
): Promise<RegionalPlatform> {
  const own = await awsOfAccount(aws, account);
  const environment = { ...own.environment, ...more };
  const given = { ...regionalParameters, ...parameters };
  await deploy({ stage, environment, parameters: given, folder: `${folder}/regional` });
  return { apiUrl: await regionalApiUrl(aws, administrator(own)), environment };
}
