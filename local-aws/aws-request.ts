import type { IncomingHttpHeaders } from 'node:http';
import { formAction, jsonAction, restAction } from './aws-actions.ts';
import { AwsError, type Protocol } from './aws-errors.ts';

/** What is known of one call before anyone answers it. */
export type AwsRequest = {
  method: string;
  /** As sent, still percent-encoded, without the query. */
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  /** Empty for S3, whose bodies are passed on unread. */
  body: Buffer;
  protocol: Protocol;
  /** The signing name: `ec2`, `iam`, `monitoring`, …; `s3` when nothing tells. */
  service: string;
  /** The operation's name, or `Unknown` for a REST path that is not in the tables. */
  action: string;
  region: string;
  accessKeyId?: string;
};

/** The parts of an HTTP request that `describeRequest` reads. */
export type HttpRequest = { method: string; url: string; headers: IncomingHttpHeaders; body: Buffer };

type Scope = { accessKeyId?: string; region: string; service: string };

/**
 * The credential scope of a signed request, from its header or its pre-signed query.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html
 */
export function credentialScope(headers: IncomingHttpHeaders, query: URLSearchParams): Scope | undefined {
  const credential = /Credential=([^,\s]+)/.exec(headers.authorization ?? '')?.[1];
  const parts = (credential ?? query.get('X-Amz-Credential') ?? '').split('/');
  const [accessKeyId, , region, service] = parts.slice(-5);
  return region && service ? { accessKeyId, region, service } : undefined;
}

function protocolOf(service: string, headers: IncomingHttpHeaders, body: Buffer, path: string): Protocol {
  if (headers['smithy-protocol'] === 'rpc-v2-cbor' || path.startsWith('/service/')) return 'cbor';
  if (headers['x-amz-target']) return 'json';
  if (service === 's3') return 's3';
  const form = headers['content-type']?.startsWith('application/x-www-form-urlencoded');
  if (form || body.toString('latin1', 0, 7) === 'Action=') return service === 'ec2' ? 'ec2' : 'query';
  return 'rest-json';
}

function actionOf(protocol: Protocol, request: HttpRequest, url: URL, service: string): string {
  if (protocol === 'cbor') return url.pathname.split('/operation/')[1] ?? 'Unknown';
  if (protocol === 'json') return jsonAction(request.headers);
  if (protocol === 'ec2' || protocol === 'query') return formAction(request.body);
  return restAction(service, request.method, url);
}

/** Reads service, operation, region and access key out of any of AWS's request styles. */
export function describeRequest(request: HttpRequest): AwsRequest {
  const url = new URL(request.url, 'http://localhost');
  const scope = credentialScope(request.headers, url.searchParams);
  const unsigned = { region: 'us-east-1', service: unsignedService(request) };
  const { accessKeyId, region, service } = scope ?? { ...unsigned, accessKeyId: undefined };
  const protocol = protocolOf(service, request.headers, request.body, url.pathname);
  const action = actionOf(protocol, request, url, service);
  const { method, headers, body } = request;
  return {
    method,
    path: url.pathname,
    query: url.searchParams,
    headers,
    body,
    protocol,
    service,
    action,
    region,
    accessKeyId,
  };
}

/** AssumeRoleWithWebIdentity and AssumeRoleWithSAML are called without credentials. */
function unsignedService({ body }: HttpRequest): string {
  return formAction(body).startsWith('AssumeRoleWith') ? 'sts' : 's3';
}

/** The fields of a form request. */
export function formFields(request: AwsRequest): URLSearchParams {
  return new URLSearchParams(request.body.toString('utf8'));
}

/** A JSON request's body. @throws AwsError SerializationException when it is not JSON. */
export function jsonFields(request: AwsRequest): Record<string, unknown> {
  try {
    return request.body.length === 0 ? {} : JSON.parse(request.body.toString('utf8'));
  } catch (error) {
    throw new AwsError(
      'SerializationException',
      400,
      `the request's body is not JSON: ${(error as Error).message}`,
    );
  }
}
