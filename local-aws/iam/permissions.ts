import { type AwsRequest, formFields, jsonFields } from '../aws-request.ts';
import type { Caller } from '../callers.ts';
import type { Context } from './conditions.ts';
import type { Permission } from './evaluate.ts';
import { type FindRoleArn, resourceOf } from './resources.ts';
import { type FindPartitionKey, tablePermissions } from './table-permissions.ts';

/** Signing names that differ from the prefix of the service's IAM actions. */
const PREFIXES: Record<string, string> = { monitoring: 'cloudwatch', tagging: 'tag', email: 'ses' };

/** Operations whose IAM action has another name. https://docs.aws.amazon.com/service-authorization/latest/reference/ */
const RENAMED: Record<string, string> = {
  'lambda:Invoke': 'lambda:InvokeFunction',
  's3:DeleteObjects': 's3:DeleteObject',
  's3:HeadBucket': 's3:ListBucket',
  's3:HeadObject': 's3:GetObject',
  's3:ListBuckets': 's3:ListAllMyBuckets',
  's3:ListObjectsV2': 's3:ListBucket',
  's3:ListObjectVersions': 's3:ListBucketVersions',
  's3:MultipartUpload': 's3:PutObject',
  'sqs:ChangeMessageVisibilityBatch': 'sqs:ChangeMessageVisibility',
  'sqs:DeleteMessageBatch': 'sqs:DeleteMessage',
  'sqs:SendMessageBatch': 'sqs:SendMessage',
};

/** The IAM action of a call, `ec2:DescribeVpcs` for example. */
export function iamAction({ service, action }: Pick<AwsRequest, 'service' | 'action'>): string {
  const named = `${PREFIXES[service] ?? service}:${action}`;
  return RENAMED[named] ?? named;
}

type Tags = Record<string, string>;

function formTags(request: AwsRequest): Tags {
  const fields = formFields(request);
  const keys = [...fields.keys()].filter((name) => /(Tags\.member|Tag)\.\d+\.Key$/.test(name));
  return Object.fromEntries(
    keys.map((name) => [fields.get(name) ?? '', fields.get(name.replace(/Key$/, 'Value')) ?? '']),
  );
}

function jsonTags(request: AwsRequest): Tags {
  if (request.method === 'GET' || request.body[0] !== '{'.charCodeAt(0)) return {};
  const { Tags, tags } = jsonFields(request);
  const found = Tags ?? tags ?? {};
  if (!Array.isArray(found)) return found as Tags;
  return Object.fromEntries(found.map((tag: Tags) => [tag.Key ?? tag.key, tag.Value ?? tag.value]));
}

function requestTags(request: AwsRequest): Tags {
  // An invocation's body is the function's business.
  if (request.action === 'Invoke') return {};
  const form = request.protocol === 'ec2' || request.protocol === 'query';
  return form ? formTags(request) : jsonTags(request);
}

/** What the conditions of policies are held against. */
export function contextOf(request: AwsRequest, caller: Caller, tags: Tags = {}): Context {
  const context: Context = {
    'aws:requestedregion': request.region,
    'aws:principalarn': caller.roleArn ?? caller.arn,
    'aws:principalaccount': caller.accountId,
  };
  const externalId = request.service === 'sts' ? formFields(request).get('ExternalId') : null;
  if (externalId !== null) context['sts:externalid'] = externalId;
  if (Object.keys(tags).length > 0) context['aws:tagkeys'] = Object.keys(tags);
  for (const [key, value] of Object.entries(tags)) context[`aws:requesttag/${key.toLowerCase()}`] = value;
  return context;
}

/** What has to be looked up to judge a call. */
export type Lookups = { findRoleArn: FindRoleArn; findPartitionKey: FindPartitionKey };

/** What a call's caller must be allowed to do; the first is the call itself, others are what AWS asks beside it. */
export async function permissionsFor(
  request: AwsRequest,
  caller: Caller,
  { findRoleArn, findPartitionKey }: Lookups,
): Promise<Permission[]> {
  const tags = requestTags(request);
  const context = contextOf(request, caller, tags);
  if (request.service === 'dynamodb') return tablePermissions(request, caller, context, findPartitionKey);
  const resource = await resourceOf(request, caller, findRoleArn);
  const needed = [{ action: iamAction(request), resource, context }];
  if (request.action === 'CreateOpenIDConnectProvider' && Object.keys(tags).length > 0) {
    needed.push({ action: 'iam:TagOpenIDConnectProvider', resource, context });
  }
  if (request.service === 'lambda' && request.action === 'CreateFunction') {
    needed.push({ action: 'iam:PassRole', resource: String(jsonFields(request).Role), context });
  }
  return needed;
}
