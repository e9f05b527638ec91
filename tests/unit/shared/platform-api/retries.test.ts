import { describe, expect, it } from '@jest/globals';
import { retryAfterMs } from '../../../../shared/platform-api/retry-after.ts';
import { apiError, broken, json, scriptedApi } from '../../../support/platform-api/scripted-api.ts';

const ok = () => json(200, { status: 'ok' });
const busy = (retryAfter?: string) =>
  json(
    429,
    { kind: 'Error', code: '429', reason: 'slow down' },
    retryAfter ? { 'retry-after': retryAfter } : {},
  );

describe('a request is sent again', () => {
  it.each([
    ['too many requests', () => busy()],
    ['an internal error', () => apiError(500, 'INTERNAL-001', 'oops')],
    ['a bad gateway', () => new Response('<h1>Bad Gateway</h1>', { status: 502 })],
    ['an unavailable service', () => json(503, { message: 'Service Unavailable' })],
    ['a gateway timeout', () => json(504, { message: 'Endpoint request timed out' })],
    ['a broken connection', () => broken('ECONNRESET')],
    ['a refused connection', () => broken('ECONNREFUSED')],
    ['a socket closed by the other side', () => broken('UND_ERR_SOCKET', 'other side closed')],
    ['a timeout', () => new DOMException('The operation was aborted due to timeout', 'TimeoutError')],
  ])('after %s', async (_what, failure) => {
    const { api, requests, pauses } = scriptedApi([failure(), failure(), ok()]);
    await api.live();
    expect(requests.length).toBe(3);
    expect(pauses).toEqual([100, 200]);
  });

  it('signed anew, with the credentials of that moment', async () => {
    const { api, requests } = scriptedApi([busy(), ok()]);
    await api.live();
    const [first, second] = requests.map(({ headers }) => headers.authorization);
    expect(first).toContain('Credential=AKID0/');
    expect(second).toContain('Credential=AKID1/');
  });

  it('until the attempts are used up', async () => {
    const { api, requests, pauses } = scriptedApi([busy(), busy(), busy(), busy()]);
    await expect(api.live()).rejects.toMatchObject({
      failure: 'throttled',
      message: 'GET /api/v1/live came too often: slow down (429, tried 4 times)',
    });
    expect([requests.length, pauses]).toEqual([4, [100, 200, 400]]);
  });

  it('after the pause the API asks for', async () => {
    const { api, pauses } = scriptedApi([busy('7'), busy(), ok()]);
    await api.live();
    expect(pauses).toEqual([7_000, 200]);
  });
});

describe('a request is not sent again', () => {
  it.each([
    ['a refusal', () => apiError(403, 'AUTH-009', 'no'), 'denied', 'AUTH-009'],
    [
      'a mistake',
      () => apiError(400, 'CLUSTERS-MGMT-CREATE-008', 'bad'),
      'invalid',
      'CLUSTERS-MGMT-CREATE-008',
    ],
    ['what is not implemented', () => apiError(501, 'X-001', 'no'), 'invalid', 'X-001'],
    ['a web page', () => new Response('<html>'), 'invalid-answer', 'NotJson'],
    ['JSON of another shape', () => json(200, { healthy: true }), 'invalid-answer', 'WrongShape'],
    ['a host that does not exist', () => broken('ENOTFOUND'), 'unavailable', 'HostNotFound'],
    [
      'a certificate nobody trusts',
      () => broken('SELF_SIGNED_CERT_IN_CHAIN'),
      'unavailable',
      'CertificateRefused',
    ],
    [
      'a certificate of another',
      () => broken('ERR_TLS_CERT_ALTNAME_INVALID'),
      'unavailable',
      'CertificateRefused',
    ],
  ])('after %s', async (_what, failure, meaning, code) => {
    const { api, requests } = scriptedApi([failure()]);
    await expect(api.live()).rejects.toMatchObject({ name: 'PlatformApiError', failure: meaning, code });
    expect(requests.length).toBe(1);
  });
});

describe('no answer', () => {
  it('after a broken connection tells its reason', async () => {
    const failure = broken('ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:1');
    const { api } = scriptedApi([failure, failure, failure, failure]);
    await expect(api.live()).rejects.toMatchObject({
      failure: 'unavailable',
      code: 'ConnectionFailed',
      status: undefined,
      cause: failure,
      message:
        'GET /api/v1/live was not served: connect ECONNREFUSED 127.0.0.1:1 (ConnectionFailed, tried 4 times)',
    });
  });

  it('in time tells the time', async () => {
    const failure = new DOMException('aborted', 'TimeoutError');
    const { api } = scriptedApi([failure, failure, failure, failure]);
    await expect(api.live()).rejects.toMatchObject({ code: 'Timeout', reason: 'no answer in 1000 ms' });
  });
});

describe('the pause an answer asks for', () => {
  const now = Date.parse('2026-03-01T09:00:00Z');
  it.each([
    ['0', 0],
    ['7', 7_000],
    [' 7 ', 7_000],
    ['3600', 60_000],
    ['Sun, 01 Mar 2026 09:00:30 GMT', 30_000],
    ['Sun, 01 Mar 2026 08:00:00 GMT', 0],
    ['Sun, 01 Mar 2026 10:00:00 GMT', 60_000],
  ])('%s is %d ms', (asked, ms) => {
    expect(retryAfterMs(new Headers({ 'retry-after': asked }), now)).toBe(ms);
  });

  it('counts from the time of the server, if it tells', () => {
    const date = 'Sun, 01 Mar 2026 09:00:20 GMT';
    const headers = new Headers({ date, 'retry-after': 'Sun, 01 Mar 2026 09:00:30 GMT' });
    expect(retryAfterMs(headers, now)).toBe(10_000);
  });

  it.each(['', 'soon', '-'])('"%s" is none', (asked) => {
    expect(retryAfterMs(new Headers({ 'retry-after': asked }), now)).toBeUndefined();
  });
});

describe('what is no fault of the API', () => {
  it('is thrown as it is', async () => {
    const { api, requests } = scriptedApi([new TypeError('a header is not valid')]);
    await expect(api.live()).rejects.toThrow(new TypeError('a header is not valid'));
    expect(requests.length).toBe(1);
  });
});
