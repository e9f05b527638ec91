import { type AwsRequest, formFields, jsonFields } from '../aws-request.ts';
import type { Caller } from '../callers.ts';
import { functionArn, requestAddress } from '../lambda/function-address.ts';

/** Finds a role's full ARN, path included, which a request that only has the name does not tell. */
export type FindRoleArn = (caller: Caller, roleName: string) => Promise<string>;

type Finder = (request: AwsRequest, caller: Caller, findRoleArn: FindRoleArn) => string | Promise<string>;

const text = (value: unknown) => (typeof value === 'string' ? value : '');

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html */
const iamResource: Finder = (request, caller, findRoleArn) => {
  const fields = formFields(request);
  const arn = (type: string, name: string) =>
    `arn:${caller.partition}:iam::${caller.accountId}:${type}/${name}`;
  const has = (name: string) => fields.get(name) ?? '';
  if (has('OpenIDConnectProviderArn')) return has('OpenIDConnectProviderArn');
  if (request.action === 'CreateOpenIDConnectProvider')
    return arn('oidc-provider', has('Url').replace(/^https:\/\//, ''));
  if (request.action === 'CreateRole') return arn('role', has('Path').slice(1) + has('RoleName'));
  if (request.action === 'CreatePolicy') return arn('policy', has('Path').slice(1) + has('PolicyName'));
  if (has('RoleName')) return findRoleArn(caller, has('RoleName'));
  if (has('PolicyArn')) return has('PolicyArn');
  if (has('UserName')) return arn('user', has('UserName'));
  return has('InstanceProfileName') ? arn('instance-profile', has('InstanceProfileName')) : '*';
};

/**
 * Log actions are judged on a stream's ARN, with an empty stream name where a request has none.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html
 */
const logsResource: Finder = (request, caller) => {
  const { logGroupName, logGroupIdentifier, logStreamName, resourceArn } = jsonFields(request);
  if (resourceArn) return text(resourceArn);
  const group = text(logGroupName) || text(logGroupIdentifier).split(':log-group:').at(-1);
  const account = `arn:${caller.partition}:logs:${request.region}:${caller.accountId}`;
  return `${account}:log-group:${group}:log-stream:${text(logStreamName)}`;
};

const lambdaResource: Finder = (request, caller) => {
  if (request.path.includes('/tags/')) return decodeURIComponent(request.path.split('/tags/')[1] ?? '');
  const named = request.action === 'CreateFunction' ? text(jsonFields(request).FunctionName) : undefined;
  const address = requestAddress(request, caller, named);
  return address ? functionArn(address) : '*';
};

const s3Resource: Finder = (request, caller) => {
  const name = decodeURIComponent(request.path.slice(1)).replace(/\/$/, '');
  return name ? `arn:${caller.partition}:s3:::${name}` : '*';
};

const stsResource: Finder = (request) => formFields(request).get('RoleArn') ?? '*';

const stackResource: Finder = (request, caller) => {
  const name = formFields(request).get('StackName');
  if (!name || name.startsWith('arn:')) return name ?? '*';
  return `arn:${caller.partition}:cloudformation:${request.region}:${caller.accountId}:stack/${name}/*`;
};

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsqs.html */
const queueResource: Finder = (request, caller) => {
  const { QueueUrl, QueueName } = request.protocol === 'json' ? jsonFields(request) : {};
  const name = text(QueueUrl).split('/').at(-1) || text(QueueName);
  return name ? `arn:${caller.partition}:sqs:${request.region}:${caller.accountId}:${name}` : '*';
};

/**
 * The ARN of a table, or of an index of it; `*` without a name.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
 */
export function tableArn({ region }: AwsRequest, caller: Caller, table: string, index = ''): string {
  if (!table) return '*';
  const arn = table.startsWith('arn:')
    ? table
    : `arn:${caller.partition}:dynamodb:${region}:${caller.accountId}:table/${table}`;
  return index ? `${arn}/index/${index}` : arn;
}

/**
 * A secret's ARN ends with six characters that only AWS knows.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html
 */
const secretResource: Finder = (request, caller) => {
  const { Name, SecretId } = jsonFields(request);
  const name = text(SecretId) || text(Name);
  if (!name || name.startsWith('arn:')) return name || '*';
  return `arn:${caller.partition}:secretsmanager:${request.region}:${caller.accountId}:secret:${name}-abcdef`;
};

const FINDERS: Record<string, Finder> = {
  sqs: queueResource,
  iam: iamResource,
  logs: logsResource,
  lambda: lambdaResource,
  s3: s3Resource,
  secretsmanager: secretResource,
  sts: stsResource,
  cloudformation: stackResource,
};

/** The ARN a request is judged on; `*` for services and actions that have no narrower one here. */
export async function resourceOf(
  request: AwsRequest,
  caller: Caller,
  findRoleArn: FindRoleArn,
): Promise<string> {
  return FINDERS[request.service]?.(request, caller, findRoleArn) ?? '*';
}
