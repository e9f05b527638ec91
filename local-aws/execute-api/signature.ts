import { createHash, timingSafeEqual } from 'node:crypto';
import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import { refusals } from './gateway-answers.ts';
import { type ApiRequest, decoded, headerOf, pathOf, queryOf } from './request.ts';

/** What an access key signs with. */
export type SigningKey = {
  secretAccessKey: string;
  sessionToken?: string | null;
  /** ISO 8601; of a session. */
  expiresAt?: string | null;
};

/** What a signature is held against. */
export type SignatureRules = {
  region: string;
  now: Date;
  /** @returns undefined for a key that nobody has */
  findKey(accessKeyId: string): Promise<SigningKey | undefined>;
};

type Claim = {
  accessKeyId: string;
  day: string;
  region: string;
  service: string;
  signedHeaders: string[];
  signature: string;
};

const SERVICE = 'execute-api';
/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html */
const SKEW_MS = 5 * 60_000;
const MISMATCH =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key ' +
  'and signing method. Consult the service documentation for details.';

const amzDate = (date: Date) => date.toISOString().replace(/[-:]|\.\d{3}/g, '');

function readClaim(authorization: string): Claim {
  const [algorithm = '', ...rest] = authorization.split(' ');
  const pairs = rest.join(' ').split(/,\s*/);
  const missing = pairs.find((pair) => !pair.includes('='));
  if (algorithm !== 'AWS4-HMAC-SHA256' || missing !== undefined) {
    const message = `'${missing ?? algorithm}' not a valid key=value pair (missing equal-sign) in Authorization header: '${authorization}'.`;
    throw refusals.incompleteSignature(message);
  }
  const fields = Object.fromEntries(pairs.map((pair) => pair.split(/=(.*)/s)));
  const absent = ['Credential', 'Signature', 'SignedHeaders'].filter((name) => !fields[name]);
  if (absent.length > 0) {
    const sentences = absent.map((name) => `Authorization header requires '${name}' parameter.`);
    throw refusals.incompleteSignature(`${sentences.join(' ')} Authorization=${algorithm}`);
  }
  const [accessKeyId = '', day = '', region = '', service = ''] = fields.Credential.split('/');
  const signedHeaders = fields.SignedHeaders.split(';');
  return { accessKeyId, day, region, service, signedHeaders, signature: fields.Signature };
}

function refuseScope({ region, service }: Claim, rules: SignatureRules): void {
  if (region !== rules.region)
    throw refusals.badSignature(`Credential should be scoped to a valid region, not '${region}'. `);
  if (service !== SERVICE)
    throw refusals.badSignature(`Credential should be scoped to correct service: '${SERVICE}'. `);
}

function signingDate(text: string): Date {
  const date = new Date(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  if (Number.isNaN(date.getTime()))
    throw refusals.incompleteSignature(
      "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
    );
  return date;
}

function refuseTime(date: Date, { day }: Claim, now: Date): void {
  const sent = amzDate(date);
  if (day !== sent.slice(0, 8)) {
    const message = `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${day}' != '${sent.slice(0, 8)}', from '${sent}'.`;
    throw refusals.badSignature(message);
  }
  const limit = (sign: 1 | -1) => amzDate(new Date(now.getTime() + sign * SKEW_MS));
  if (date.getTime() < now.getTime() - SKEW_MS)
    throw refusals.badSignature(
      `Signature expired: ${sent} is now earlier than ${limit(-1)} (${amzDate(now)} - 5 min.)`,
    );
  if (date.getTime() > now.getTime() + SKEW_MS)
    throw refusals.badSignature(
      `Signature not yet current: ${sent} is still later than ${limit(1)} (${amzDate(now)} + 5 min.)`,
    );
}

async function keyOf({ accessKeyId }: Claim, token: string | undefined, rules: SignatureRules) {
  const key = await rules.findKey(accessKeyId);
  if (!key || (key.sessionToken ?? undefined) !== token) throw refusals.unknownToken();
  if (key.expiresAt && new Date(key.expiresAt) < rules.now) throw refusals.expiredToken();
  return key;
}

/** The hash that a request says its body has counts only if it is right: the signature is over what it says. */
function refuseOtherBody({ headers, body }: ApiRequest): void {
  const said = headerOf(headers, 'x-amz-content-sha256');
  if (said !== undefined && said !== createHash('sha256').update(body).digest('hex'))
    throw refusals.badSignature(MISMATCH);
}

/** The signature that a request must have, from what was received. */
async function expectedSignature(request: ApiRequest, claim: Claim, key: SigningKey, date: Date) {
  const { region, signedHeaders, accessKeyId } = claim;
  const credentials = { accessKeyId, secretAccessKey: key.secretAccessKey };
  const signer = new SignatureV4({
    service: SERVICE,
    region,
    credentials,
    sha256: Sha256,
    applyChecksum: false,
  });
  const headers = signedHeaders.map((name) => [name, headerOf(request.headers, name) ?? '']);
  const received = {
    method: request.method,
    protocol: 'http:',
    hostname: headerOf(request.headers, 'host') ?? '',
    path: pathOf(request),
    query: queryOf(request, decoded),
    headers: Object.fromEntries(headers),
    body: request.body,
  };
  const options = { signingDate: date, signableHeaders: new Set(signedHeaders) };
  const signed = await signer.sign(received, options);
  return readClaim(signed.headers.authorization ?? '').signature;
}

/**
 * Makes sure that a request was signed with the secret of the key it names, for this API's region, now, and that it
 * is as it was signed.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 * @returns the access key it was signed with
 * @throws GatewayRefusal in API Gateway's words
 */
export async function verifySignature(request: ApiRequest, rules: SignatureRules): Promise<string> {
  const { headers } = request;
  if (!headers.authorization) throw refusals.missingToken();
  const claim = readClaim(headers.authorization);
  const key = await keyOf(claim, headerOf(headers, 'x-amz-security-token'), rules);
  refuseScope(claim, rules);
  const date = signingDate(headerOf(headers, 'x-amz-date') ?? '');
  refuseTime(date, claim, rules.now);
  if (!claim.signedHeaders.includes('host'))
    throw refusals.badSignature("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
  refuseOtherBody(request);
  const expected = Buffer.from(await expectedSignature(request, claim, key, date));
  const given = Buffer.from(claim.signature);
  if (expected.length !== given.length || !timingSafeEqual(expected, given))
    throw refusals.badSignature(MISMATCH);
  return claim.accessKeyId;
}
