import { readError } from './error-shapes.ts';
import { plain } from './plain.ts';
import {
  type FailedRequest,
  PlatformApiError,
  type PlatformApiFailure,
  type PlatformApiFault,
} from './platform-api-error.ts';
import { retryAfterMs } from './retry-after.ts';
import type { Answer } from './send.ts';

const failures: Record<number, PlatformApiFailure> = {
  401: 'denied',
  403: 'denied',
  404: 'not-found',
  409: 'exists',
  410: 'not-found',
  429: 'throttled',
  500: 'unavailable',
  502: 'unavailable',
  503: 'unavailable',
  504: 'unavailable',
};

/** Another status of 400 and more says that the request is wrong. */
const failureOf = (status: number): PlatformApiFailure => failures[status] ?? 'invalid';

/** Requests are named by API Gateway, by the API or by the load balancer between them. */
const requestIdHeaders = ['x-amzn-requestid', 'x-request-id', 'x-amz-apigw-id'];

/** What every failed answer tells beside its body. */
function envelope(failed: FailedRequest, { status, headers }: Answer) {
  const requestId = requestIdHeaders.map((name) => headers.get(name)).find((id) => id !== null);
  return { ...failed, status, requestId, retryAfterMs: retryAfterMs(headers, Date.now()) };
}

type Judgement = Pick<PlatformApiFault, 'failure' | 'code' | 'reason' | 'offences'>;

/** The address is another web site's, or something between us and the API answered. */
function foreign({ status, headers, text }: Answer, code: string): Judgement {
  const type = plain(headers.get('content-type') ?? 'no content type');
  const seen = `status ${status}, ${type}, "${plain(text, 80)}"`;
  const failure = failureOf(status);
  if (failure === 'unavailable' || failure === 'throttled') return { failure, code, reason: seen };
  const reason = `the address does not look like the Platform API's, or it has no such version: ${seen}`;
  return { failure: 'invalid-answer', code, reason };
}

function redirected({ status, headers }: Answer): Judgement {
  const to = plain(headers.get('location') ?? 'nowhere');
  const reason = `status ${status} leads to ${to}, which is not followed: the signature is for this address`;
  return { failure: 'invalid-answer', code: 'Redirected', reason };
}

function refused(body: unknown, answer: Answer): Judgement {
  const said = readError(body, answer.headers);
  if (!said) return foreign(answer, 'UnknownAnswer');
  const { code, reason, offences, reachedApi } = said;
  // Then it is a path, a stage or a version that was not found, not an account or a cluster.
  const failure = answer.status === 404 && !reachedApi ? 'invalid-answer' : failureOf(answer.status);
  return { failure, code, reason, offences };
}

function judge(answer: Answer, json: { body: unknown } | undefined): Judgement {
  if (answer.status >= 300 && answer.status < 400) return redirected(answer);
  return json ? refused(json.body, answer) : foreign(answer, 'NotJson');
}

/** Undefined when the text is not JSON. An answer without a body, such as a 204, is JSON enough. */
function parsed({ status, text }: Answer): { body: unknown } | undefined {
  if (status === 204) return { body: undefined };
  try {
    return { body: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/**
 * The JSON value of an answer that says yes.
 * @throws PlatformApiError when it says no, or is not the answer of a Platform API
 */
export function contentOf(answer: Answer, failed: FailedRequest): unknown {
  const json = parsed(answer);
  if (json && answer.status >= 200 && answer.status < 300) return json.body;
  throw new PlatformApiError({ ...envelope(failed, answer), ...judge(answer, json) });
}
