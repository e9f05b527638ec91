import { plain } from './plain.ts';
import { type FailedRequest, PlatformApiError } from './platform-api-error.ts';
import { type AwsCredentials, signedHeaders } from './sign.ts';

/** What sending needs of the world. */
export interface SendDependencies {
  /** Address of the API as `parseBaseUrl` gives it: everything before `/api/<version>`. */
  baseUrl: string;
  /** Region of the API: the signature holds for it alone. */
  region: string;
  /** Asked before every try, so that credentials may be renewed meanwhile. */
  credentials(): Promise<AwsCredentials>;
  /** Default: the one of Node. */
  fetch?: typeof fetch;
  /** How long one try may take, from connecting to the end of the answer. */
  timeoutMs: number;
  /** Says which program asks, such as `rosactl/0.1.0`. */
  userAgent: string;
}

/** A request to the Platform API. */
export interface ApiRequest {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** After the base URL: `/api/v1/accounts`, with query if any. */
  path: string;
  /** Sent as JSON. */
  body?: unknown;
}

/** An answer, read to its end but not yet understood. */
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
}

/** Codes of Node and OpenSSL by what they mean: https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const connectionCodes: [RegExp, string][] = [
  [/^ENOTFOUND$/, 'HostNotFound'],
  [/CERT|TLS|SSL|^UNABLE_TO_/, 'CertificateRefused'],
];

/** What went wrong below HTTP, as an error of ours. */
function noAnswer(failed: FailedRequest, error: Error, timeoutMs: number): PlatformApiError {
  const unavailable = { ...failed, failure: 'unavailable' as const, cause: error };
  if (error.name === 'TimeoutError') {
    return new PlatformApiError({ ...unavailable, code: 'Timeout', reason: `no answer in ${timeoutMs} ms` });
  }
  const { code = '', message } = (error.cause ?? error) as NodeJS.ErrnoException;
  const known = connectionCodes.find(([pattern]) => pattern.test(code));
  const reason = plain(message || code);
  return new PlatformApiError({ ...unavailable, code: known?.[1] ?? 'ConnectionFailed', reason });
}

/** `fetch` throws "fetch failed" with the reason as its cause; without one, it was called wrongly. */
const isConnection = (error: Error): boolean =>
  error.name === 'TimeoutError' || error.cause !== undefined || 'code' in error;

/**
 * Signs a request and sends it once. Redirects are not followed: the signature holds for this host and path alone.
 * @param failed what to say of the request if it fails
 * @throws PlatformApiError of kind unavailable when no whole answer came, and what the credentials' source throws
 */
export async function send(
  dependencies: SendDependencies,
  { method, path, body }: ApiRequest,
  failed: FailedRequest,
): Promise<Answer> {
  const { region, timeoutMs, userAgent, fetch: send = fetch } = dependencies;
  const url = new URL(dependencies.baseUrl + path);
  const unsigned = {
    method,
    url,
    headers: {
      'user-agent': userAgent,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  };
  const headers = await signedHeaders(unsigned, region, await dependencies.credentials());
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const answer = await send(url, { method, headers, body: unsigned.body, redirect: 'manual', signal });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  } catch (error) {
    if (!isConnection(error as Error)) throw error;
    throw noAnswer(failed, error as Error, timeoutMs);
  }
}
