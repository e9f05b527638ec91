import type { IncomingHttpHeaders } from 'node:http';

type Route = readonly [method: string, path: RegExp, action: string];

const FUNCTION = '/functions/[^/]+';

/** https://docs.aws.amazon.com/lambda/latest/api/API_Operations.html, without the date that starts a path. */
const LAMBDA: Route[] = [
  ['POST', new RegExp(`^${FUNCTION}/invocations$`), 'Invoke'],
  ['POST', /^\/functions$/, 'CreateFunction'],
  ['GET', /^\/functions$/, 'ListFunctions'],
  ['GET', new RegExp(`^${FUNCTION}$`), 'GetFunction'],
  ['DELETE', new RegExp(`^${FUNCTION}$`), 'DeleteFunction'],
  ['PUT', new RegExp(`^${FUNCTION}/code$`), 'UpdateFunctionCode'],
  ['GET', new RegExp(`^${FUNCTION}/configuration$`), 'GetFunctionConfiguration'],
  ['PUT', new RegExp(`^${FUNCTION}/configuration$`), 'UpdateFunctionConfiguration'],
  ['POST', new RegExp(`^${FUNCTION}/versions$`), 'PublishVersion'],
  ['GET', new RegExp(`^${FUNCTION}/versions$`), 'ListVersionsByFunction'],
  ['POST', new RegExp(`^${FUNCTION}/aliases$`), 'CreateAlias'],
  ['GET', new RegExp(`^${FUNCTION}/aliases$`), 'ListAliases'],
  ['GET', new RegExp(`^${FUNCTION}/aliases/[^/]+$`), 'GetAlias'],
  ['PUT', new RegExp(`^${FUNCTION}/aliases/[^/]+$`), 'UpdateAlias'],
  ['DELETE', new RegExp(`^${FUNCTION}/aliases/[^/]+$`), 'DeleteAlias'],
  ['GET', new RegExp(`^${FUNCTION}/policy$`), 'GetPolicy'],
  ['POST', new RegExp(`^${FUNCTION}/policy$`), 'AddPermission'],
  ['DELETE', new RegExp(`^${FUNCTION}/policy/[^/]+$`), 'RemovePermission'],
  ['PUT', new RegExp(`^${FUNCTION}/concurrency$`), 'PutFunctionConcurrency'],
  ['GET', new RegExp(`^${FUNCTION}/concurrency$`), 'GetFunctionConcurrency'],
  ['DELETE', new RegExp(`^${FUNCTION}/concurrency$`), 'DeleteFunctionConcurrency'],
  ['GET', /^\/tags\//, 'ListTags'],
  ['POST', /^\/tags\//, 'TagResource'],
  ['DELETE', /^\/tags\//, 'UntagResource'],
  ['POST', /^\/event-source-mappings$/, 'CreateEventSourceMapping'],
  ['GET', /^\/event-source-mappings$/, 'ListEventSourceMappings'],
  ['GET', /^\/event-source-mappings\/[^/]+$/, 'GetEventSourceMapping'],
  ['PUT', /^\/event-source-mappings\/[^/]+$/, 'UpdateEventSourceMapping'],
  ['DELETE', /^\/event-source-mappings\/[^/]+$/, 'DeleteEventSourceMapping'],
];

/** Sub-resources that make another S3 operation of the same method and path. */
const S3_SUBRESOURCES: Record<string, string> = {
  acl: 'Acl',
  cors: 'Cors',
  encryption: 'Encryption',
  lifecycle: 'LifecycleConfiguration',
  location: 'Location',
  policy: 'Policy',
  publicAccessBlock: 'PublicAccessBlock',
  tagging: 'Tagging',
  versioning: 'Versioning',
};
const S3_VERBS: Record<string, string> = {
  GET: 'Get',
  HEAD: 'Head',
  PUT: 'Put',
  POST: 'Post',
  DELETE: 'Delete',
};

/** How the names of operations begin that change nothing; every other one may. */
const READS =
  /^(Get|List|Describe|Head|Query$|Scan$|BatchGet|TransactGet|Assume|Decode|Filter|Validate|Simulate)/;

/** Whether a call may have changed something. */
export function isChange(service: string, action: string): boolean {
  if (service === 'sqs' && action === 'ReceiveMessage') return false;
  return !READS.test(action);
}

/** `ServiceQuotasV20190624.GetServiceQuota` names its operation after the dot. */
export function jsonAction(headers: IncomingHttpHeaders): string {
  return String(headers['x-amz-target']).split('.').at(-1) ?? 'Unknown';
}

/** The `Action` of a query request's form, or the empty string. */
export function formAction(body: Buffer): string {
  return /(?:^|&)Action=([A-Za-z0-9]+)/.exec(body.toString('latin1'))?.[1] ?? '';
}

/** Lambda's and S3's operations from method and path; `Unknown` for any other REST service. */
export function restAction(service: string, method: string, url: URL): string {
  if (service === 'lambda') return lambdaAction(method, url.pathname);
  return service === 's3' ? s3Action(method, url) : 'Unknown';
}

function lambdaAction(method: string, path: string): string {
  const undated = path.replace(/^\/\d{4}-\d{2}-\d{2}/, '').replace(/\/$/, '');
  return LAMBDA.find(([wanted, pattern]) => wanted === method && pattern.test(undated))?.[2] ?? 'Unknown';
}

function s3Action(method: string, url: URL): string {
  const [, bucket, key] = /^\/([^/]*)\/?(.*)$/s.exec(url.pathname) ?? [];
  const query = url.searchParams;
  if (!bucket) return 'ListBuckets';
  const what = key ? 'Object' : 'Bucket';
  const part = Object.keys(S3_SUBRESOURCES).find((name) => query.has(name));
  if (part) return `${S3_VERBS[method]}${what}${S3_SUBRESOURCES[part]}`;
  if (query.has('uploads') || query.has('uploadId')) return 'MultipartUpload';
  return key ? `${S3_VERBS[method]}Object` : bucketAction(method, query);
}

function bucketAction(method: string, query: URLSearchParams): string {
  if (query.has('delete')) return 'DeleteObjects';
  if (method === 'GET') return query.has('versions') ? 'ListObjectVersions' : 'ListObjectsV2';
  return method === 'PUT' ? 'CreateBucket' : `${S3_VERBS[method]}Bucket`;
}
