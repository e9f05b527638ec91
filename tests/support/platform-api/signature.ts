import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import { gatewayRefusal, type TestAnswer } from './answers.ts';

/** Credentials the test API knows, and whose they are. */
export interface Caller {
  secretAccessKey: string;
  sessionToken?: string;
  accountId: string;
}

/** A request as it came over the wire. */
export interface WireRequest {
  method: string;
  /** With stage and query. */
  path: string;
  headers: Record<string, string>;
  body: string;
}

/** What the signature of a request is held against. */
export interface SignatureRules {
  /** By access key id. */
  callers: Record<string, Caller>;
  region: string;
  now(): Date;
}

const authorization =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/;

const allowedSkewMs = 5 * 60_000;

/** `20260301T090000Z` as a date. */
const signingDate = (text: string): Date =>
  new Date(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));

const invalid = (message: string): TestAnswer => gatewayRefusal('InvalidSignatureException', message);

const otherToken = gatewayRefusal(
  'UnrecognizedClientException',
  'The security token included in the request is invalid.',
);

function wrongTime(date: Date, now: Date): TestAnswer | undefined {
  const early = date.getTime() - now.getTime();
  const when = date.toISOString();
  if (early > allowedSkewMs)
    return invalid(`Signature not yet current: ${when} is still later than now + 5 min.`);
  if (early < -allowedSkewMs) return invalid(`Signature expired: ${when} is now earlier than now - 5 min.`);
  return undefined;
}

/** The signature the request must have; the hash of its body is computed, not believed. */
async function expectedSignature(
  { method, path, headers, body }: WireRequest,
  { region, signedHeaders, date }: { region: string; signedHeaders: string; date: Date },
  credentials: Caller & { accessKeyId: string },
): Promise<string | undefined> {
  const url = new URL(path, `http://${headers.host}`);
  const signer = new SignatureV4({ service: 'execute-api', region, credentials, sha256: Sha256 });
  const names = signedHeaders.split(';').filter((name) => name !== 'x-amz-content-sha256');
  const request = {
    method,
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: Object.fromEntries(names.map((name) => [name, headers[name] ?? ''])),
    body,
  };
  const signed = await signer.sign(request, { signingDate: date });
  return authorization.exec(signed.headers.authorization ?? '')?.[6];
}

/**
 * Who sent the request, or API Gateway's refusal: its signature is computed anew from what was received.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
 */
export async function verify(request: WireRequest, rules: SignatureRules): Promise<Caller | TestAnswer> {
  const { headers } = request;
  const parts = authorization.exec(headers.authorization ?? '');
  if (!parts) return gatewayRefusal('MissingAuthenticationTokenException', 'Missing Authentication Token');
  const [, accessKeyId = '', , region, service, signedHeaders = '', signature] = parts;
  const caller = rules.callers[accessKeyId];
  if (!caller || headers['x-amz-security-token'] !== caller.sessionToken) return otherToken;
  if (region !== rules.region)
    return invalid(`Credential should be scoped to a valid region, not '${region}'.`);
  if (service !== 'execute-api')
    return invalid("Credential should be scoped to correct service: 'execute-api'.");
  const date = signingDate(headers['x-amz-date'] ?? '');
  const late = wrongTime(date, rules.now());
  if (late) return late;
  const expected = await expectedSignature(
    request,
    { region, signedHeaders, date },
    { ...caller, accessKeyId },
  );
  if (signature === expected && signedHeaders.split(';').includes('host')) return caller;
  return invalid(
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
  );
}
