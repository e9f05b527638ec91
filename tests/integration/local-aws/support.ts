import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  CreateFunctionCommand,
  InvokeCommand,
  type InvokeCommandOutput,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { S3Client } from '@aws-sdk/client-s3';
import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { SQSClient } from '@aws-sdk/client-sqs';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { strToU8, zipSync } from 'fflate';
import type { LocalAws } from '../../../local-aws/local-aws.ts';

export type Credentials = { accessKeyId: string; secretAccessKey: string; sessionToken?: string };

export const HOME_ACCOUNT = '123456789012';
export const OTHER_ACCOUNT = '111122223333';

/** SDK clients for a laptop AWS, as its administrator unless other credentials are given. */
export function clientsFor(aws: LocalAws, credentials: Credentials = administrator(aws)) {
  const settings = { endpoint: aws.url, region: 'us-east-1', credentials, maxAttempts: 1 };
  return {
    cloudFormation: new CloudFormationClient(settings),
    dynamodb: new DynamoDBClient(settings),
    ec2: new EC2Client(settings),
    iam: new IAMClient(settings),
    lambda: new LambdaClient(settings),
    logs: new CloudWatchLogsClient(settings),
    quotas: new ServiceQuotasClient(settings),
    s3: new S3Client({ ...settings, forcePathStyle: true }),
    sqs: new SQSClient(settings),
    sts: new STSClient(settings),
    tagging: new ResourceGroupsTaggingAPIClient(settings),
  };
}

export type Clients = ReturnType<typeof clientsFor>;

function administrator({ environment }: LocalAws): Credentials {
  return {
    accessKeyId: environment.AWS_ACCESS_KEY_ID ?? '',
    secretAccessKey: environment.AWS_SECRET_ACCESS_KEY ?? '',
  };
}

/** A function's zip with one ES module. */
export const zipOf = (code: string, file = 'index.mjs') => zipSync({ [file]: strToU8(code) });

type Statement = { Effect: 'Allow' | 'Deny'; Action: string | string[]; Resource: string | string[] };

/** Makes a role that a service or account may assume; gives back its ARN. */
export async function createRole(
  { iam }: Pick<Clients, 'iam'>,
  name: string,
  statements: Statement[] = [],
  principal: object = { Service: 'lambda.amazonaws.com' },
): Promise<string> {
  const trust = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' }],
  };
  const role = await iam.send(
    new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: JSON.stringify(trust) }),
  );
  if (statements.length > 0) {
    const document = JSON.stringify({ Version: '2012-10-17', Statement: statements });
    await iam.send(
      new PutRolePolicyCommand({ RoleName: name, PolicyName: 'inline', PolicyDocument: document }),
    );
  }
  return role.Role?.Arn ?? '';
}

/** Temporary credentials of a role, in whichever account its ARN says. */
export async function assume({ sts }: Clients, roleArn: string, externalId?: string): Promise<Credentials> {
  const { Credentials: given } = await sts.send(
    new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'test', ExternalId: externalId }),
  );
  return {
    accessKeyId: given?.AccessKeyId ?? '',
    secretAccessKey: given?.SecretAccessKey ?? '',
    sessionToken: given?.SessionToken,
  };
}

type FunctionInput = { name: string; role: string; code: string; timeout?: number; handler?: string };

export async function createFunction(
  { lambda }: Pick<Clients, 'lambda'>,
  input: FunctionInput,
): Promise<void> {
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: input.name,
      Role: input.role,
      Runtime: 'nodejs24.x',
      Handler: input.handler ?? 'index.handler',
      Timeout: input.timeout ?? 10,
      MemorySize: 128,
      Code: { ZipFile: zipOf(input.code) },
      Environment: { Variables: { COLOUR: 'green' } },
    }),
  );
}

/** Invokes a function; `json` is its payload, read. */
export async function invoke(
  { lambda }: Clients,
  functionName: string,
  payload: unknown = {},
): Promise<InvokeCommandOutput & { json: Record<string, unknown> }> {
  const output = await lambda.send(
    new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(payload), LogType: 'Tail' }),
  );
  return { ...output, json: JSON.parse(output.Payload?.transformToString() ?? 'null') };
}

/** Every message in a log group, or none when there is no such group. */
export async function messagesIn({ logs }: Clients, logGroupName: string): Promise<string[]> {
  try {
    const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName }));
    return events.map(({ message = '' }) => message);
  } catch (error) {
    if ((error as Error).name === 'ResourceNotFoundException') return [];
    throw error;
  }
}

/** What a function has printed as lines of JSON, oldest first. */
export async function printedBy<Printed>(clients: Clients, functionName: string): Promise<Printed[]> {
  const messages = await messagesIn(clients, `/aws/lambda/${functionName}`);
  return messages.filter((message) => message.startsWith('{')).map((message) => JSON.parse(message));
}

/** Sends a request to the control URL; gives back the status and the answer. */
export async function control(aws: LocalAws, method: string, path: string, body?: unknown) {
  const response = await fetch(`${aws.url}/_local-aws/${path}`, { method, body: JSON.stringify(body) });
  const text = await response.text();
  return { status: response.status, json: text ? JSON.parse(text) : undefined };
}
