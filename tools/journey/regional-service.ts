import { join } from 'node:path';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import type { LocalAws } from '../../local-aws/local-aws.ts';
import { runServerless } from '../deploy.ts';
import { administrator } from './customer-account.ts';
import { credentialsOf, platformAccount } from './regional-platform.ts';

/** The regional service on a laptop AWS. */
export interface RegionalService {
  /** What rosactl takes as `--platform-api-url`. */
  apiUrl: string;
  clmRoleArn: string;
  tableName: string;
}

/** How it is deployed. */
interface RegionalDeployment {
  /** The project's folder, or that of a copy. */
  folder: string;
  parameters?: Record<string, string>;
  /** More of the environment that `serverless` runs in. */
  environment?: Record<string, string>;
}

/** Credentials of an administrator of another account on the laptop. */
export const administratorOf = (aws: LocalAws, accountId: string) =>
  credentialsOf(aws, `arn:aws:iam::${accountId}:role/OrganizationAccountAccessRole`);

const defaults = { oidcIssuerBaseUrl: 'https://oidc.example.com', deletionProtection: 'false' };

type Credentials = Awaited<ReturnType<typeof credentialsOf>>;

async function outputs(aws: LocalAws, credentials: Credentials): Promise<Record<string, string>> {
  const cloudFormation = new CloudFormationClient({ ...administrator(aws), credentials });
  const { Stacks = [] } = await cloudFormation.send(
    new DescribeStacksCommand({ StackName: 'rosa-regional' }),
  );
  const found = Stacks[0]?.Outputs ?? [];
  return Object.fromEntries(found.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));
}

/** Deploys the regional service into the platform's account, as `serverless deploy --stage prod` in `regional/` does. */
export async function deployRegionalService(
  aws: LocalAws,
  { folder, parameters = {}, environment = {} }: RegionalDeployment,
): Promise<RegionalService> {
  const credentials = await administratorOf(aws, platformAccount);
  await runServerless(['deploy'], {
    stage: 'prod',
    folder: join(folder, 'regional'),
    parameters: { ...defaults, ...parameters },
    environment: {
      ...aws.environment,
      ...environment,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_SESSION_TOKEN: credentials.sessionToken ?? '',
    },
  });
  const { ApiId, ClmRoleArn = '', TableName = '' } = await outputs(aws, credentials);
  return {
    apiUrl: `${aws.url}/_aws/execute-api/${ApiId}/prod`,
    clmRoleArn: ClmRoleArn,
    tableName: TableName,
  };
}
