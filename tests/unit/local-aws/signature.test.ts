import { describe, expect, it } from '@jest/globals';
import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import type { ApiRequest } from '../../../local-aws/execute-api/request.ts';
import { verifySignature } from '../../../local-aws/execute-api/signature.ts';

const now = new Date('2026-03-01T09:00:00Z');
const secretAccessKey = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const keys = {
  AKIAUSER: { secretAccessKey },
  ASIASESSION: { secretAccessKey, sessionToken: 'token', expiresAt: '2026-03-01T10:00:00Z' },
  ASIAEXPIRED: { secretAccessKey, sessionToken: 'token', expiresAt: '2026-03-01T08:00:00Z' },
};
type Signing = {
  accessKeyId?: string;
  secret?: string;
  sessionToken?: string;
  region?: string;
  service?: string;
  at?: Date;
  method?: string;
  path?: string;
  query?: Record<string, string | string[]>;
  headers?: Record<string, string>;
  body?: string;
  applyChecksum?: boolean;
};

/** A request as a client sends it that signs with the SDK's signer. */
async function signed(signing: Signing = {}): Promise<ApiRequest> {
  const { accessKeyId = 'AKIAUSER', secret = secretAccessKey, sessionToken, region = 'us-east-1' } = signing;
  const {
    service = 'execute-api',
    at = now,
    method = 'POST',
    path = '/prod/a',
    query = {},
    body = '{}',
  } = signing;
  const credentials = { accessKeyId, secretAccessKey: secret, sessionToken };
  const { applyChecksum = true } = signing;
  const signer = new SignatureV4({ service, region, credentials, sha256: Sha256, applyChecksum });
  const headers = { host: 'api.example', ...signing.headers };
  const request = { method, protocol: 'https:', hostname: 'api.example', path, query, headers, body };
  const sent = await signer.sign(request, { signingDate: at });
  const pairs = Object.entries(query).flatMap(([name, values]) =>
    [values].flat().map((value) => [name, value]),
  );
  const search = pairs.map((pair) => pair.map((part) => encodeURIComponent(part ?? '')).join('='));
  return {
    method,
    url: search.length > 0 ? `${path}?${search.join('&')}` : path,
    headers: sent.headers,
    rawHeaders: [],
    body: Buffer.from(body),
    sourceIp: '127.0.0.1',
  };
}

const verify = (request: ApiRequest) =>
  verifySignature(request, {
    region: 'us-east-1',
    now,
    findKey: async (accessKeyId) => keys[accessKeyId as keyof typeof keys],
  });

const minutesFrom = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

describe('a request that is let in', () => {
  it.each<[string, Signing]>([
    ['signed with a user’s key', {}],
    ['signed in a session', { accessKeyId: 'ASIASESSION', sessionToken: 'token' }],
    [
      'with parameters in any order, and several of a name',
      { query: { b: ['2', '1'], a: 'x y+&=/é', c: '' } },
    ],
    ['with a path that is encoded', { path: '/prod/a%20b/%C3%A9/..c/~x' }],
    ['with other headers signed', { headers: { 'content-type': 'application/json', 'user-agent': 'curl' } }],
    ['without a hash of its body', { applyChecksum: false }],
    ['without a body', { method: 'GET', body: '' }],
    ['signed almost five minutes ago', { at: minutesFrom(-4.9) }],
    ['signed by a clock that is almost five minutes ahead', { at: minutesFrom(4.9) }],
  ])('is one %s', async (_, signing) => {
    expect(await verify(await signed(signing))).toBe(signing.accessKeyId ?? 'AKIAUSER');
  });
});

describe('a request that is refused', () => {
  const mismatch =
    /^The request signature we calculated does not match the signature you provided\. Check your AWS/;

  it.each<[string, Signing, RegExp, string]>([
    ['signed with another secret', { secret: 'other' }, mismatch, 'InvalidSignatureException'],
    [
      'signed for another region',
      { region: 'eu-west-1' },
      /^Credential should be scoped to a valid region, not 'eu-west-1'/,
      'InvalidSignatureException',
    ],
    [
      'signed for another service',
      { service: 's3' },
      /scoped to correct service: 'execute-api'/,
      'InvalidSignatureException',
    ],
    [
      'signed too long ago',
      { at: minutesFrom(-6) },
      /^Signature expired: 20260301T085400Z is now earlier than 20260301T085500Z \(20260301T090000Z - 5 min\.\)$/,
      'InvalidSignatureException',
    ],
    [
      'signed in the future',
      { at: minutesFrom(6) },
      /^Signature not yet current: 20260301T090600Z is still later than/,
      'InvalidSignatureException',
    ],
    [
      'of a key that nobody has',
      { accessKeyId: 'AKIAOTHER' },
      /^The security token included in the request is invalid\.$/,
      'UnrecognizedClientException',
    ],
    [
      'of a session without its token',
      { accessKeyId: 'ASIASESSION' },
      /token included in the request is invalid/,
      'UnrecognizedClientException',
    ],
    [
      'of a session with another token',
      { accessKeyId: 'ASIASESSION', sessionToken: 'x' },
      /is invalid/,
      'UnrecognizedClientException',
    ],
    [
      'of a session that is over',
      { accessKeyId: 'ASIAEXPIRED', sessionToken: 'token' },
      /is expired$/,
      'ExpiredTokenException',
    ],
  ])('is one %s', async (_, signing, message, type) => {
    await expect(verify(await signed(signing))).rejects.toMatchObject({
      status: 403,
      message: expect.stringMatching(message),
      type,
    });
  });

  it.each<[string, (request: ApiRequest) => Partial<ApiRequest>]>([
    ['body', () => ({ body: Buffer.from('{"other":1}') })],
    ['path', () => ({ url: '/prod/b' })],
    ['query', ({ url }) => ({ url: `${url}?all=true` })],
    ['method', () => ({ method: 'DELETE' })],
    ['signed header', ({ headers }) => ({ headers: { ...headers, 'x-amz-meta': 'other' } })],
    ['host', ({ headers }) => ({ headers: { ...headers, host: 'other.example' } })],
    [
      'body, with the hash of the other',
      ({ headers }) => ({
        body: Buffer.from(''),
        headers: {
          ...headers,
          'x-amz-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
        },
      }),
    ],
  ])('is one whose %s was changed on its way', async (_, change) => {
    const request = await signed({ headers: { 'x-amz-meta': 'one' } });
    await expect(verify({ ...request, ...change(request) })).rejects.toMatchObject({
      message: expect.stringMatching(mismatch),
    });
  });

  it.each([
    [undefined, 'MissingAuthenticationTokenException', 'Missing Authentication Token'],
    [
      'Bearer abc',
      'IncompleteSignatureException',
      "'abc' not a valid key=value pair (missing equal-sign) in Authorization header: 'Bearer abc'.",
    ],
    [
      'AWS4-HMAC-SHA256 Credential=a/b/c/d/aws4_request',
      'IncompleteSignatureException',
      "Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. Authorization=AWS4-HMAC-SHA256",
    ],
  ])('is one with the authorization %p', async (authorization, type, message) => {
    const request = await signed();
    const headers = { ...request.headers, authorization };
    await expect(verify({ ...request, headers })).rejects.toMatchObject({ type, message });
  });

  it('is one whose host is not signed', async () => {
    const request = await signed();
    const authorization = request.headers.authorization?.replace('SignedHeaders=host;', 'SignedHeaders=');
    await expect(
      verify({ ...request, headers: { ...request.headers, authorization } }),
    ).rejects.toMatchObject({
      message: "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
    });
  });
});
