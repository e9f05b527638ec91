import { httpPlatformApi } from '../../../shared/platform-api/http-platform-api.ts';
import type { PlatformApi } from '../../../shared/platform-api/platform-api.ts';
import type { ApiVersion } from '../../../shared/platform-api/versions.ts';

/** A JSON answer. */
export const json = (status: number, body: unknown, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', ...headers },
  });

/** An error in the Platform API's own shape. */
export const apiError = (status: number, code: string, reason: string, errors?: unknown): Response =>
  json(status, { kind: 'Error', code, reason, errors });

/** A connection that fails as `fetch` tells it. */
export const broken = (code: string, message = code): Error =>
  Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error(message), { code }) });

/** What was asked, in the order asked. */
interface ScriptedRequest {
  url: string;
  method: string;
  headers: Record<string, string>;
  body: unknown;
  redirect?: string;
}

/** A client whose requests are answered from a list, and what it asked and paused meanwhile. */
interface ScriptedApi {
  api: PlatformApi;
  requests: ScriptedRequest[];
  /** In milliseconds. */
  pauses: number[];
}

/** Makes a client that is answered these answers one after the other, four tries at most. */
export function scriptedApi(answers: (Response | Error)[], version: ApiVersion = 'v1'): ScriptedApi {
  const left = [...answers];
  const requests: ScriptedRequest[] = [];
  const pauses: number[] = [];
  const fetch = async (url: unknown, { method = '', headers, body, redirect }: RequestInit = {}) => {
    const sent = { method, headers: headers as Record<string, string>, redirect };
    requests.push({ url: String(url), ...sent, body: body && JSON.parse(String(body)) });
    const answer = left.shift();
    if (!answer) throw new Error('the test has no answer left');
    // Not instanceof Error: a DOMException of Node is of another realm than the tests.
    if (!('status' in answer)) throw answer;
    return answer;
  };
  const api = httpPlatformApi({
    baseUrl: 'https://api.us-east-1.example.com/prod',
    region: 'us-east-1',
    version,
    credentials: async () => ({ accessKeyId: `AKID${requests.length}`, secretAccessKey: 'example' }),
    retryPolicy: {
      attempts: 4,
      firstPauseMs: 100,
      random: () => 1,
      sleep: async (ms) => void pauses.push(ms),
    },
    fetch,
    timeoutMs: 1_000,
    userAgent: 'test/1',
  });
  return { api, requests, pauses };
}
