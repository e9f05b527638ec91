import type { RetryPolicy } from '../retry.ts';
import { contentOf } from './answer.ts';
import { WrongShape } from './fields.ts';
import { type FailedRequest, PlatformApiError, type PlatformApiFailure } from './platform-api-error.ts';
import { type ApiRequest, type SendDependencies, send } from './send.ts';
import { tryAgain } from './try-again.ts';
import type { ApiVersion } from './versions.ts';

/** What the client needs of the world. */
export interface PlatformApiDependencies extends SendDependencies {
  version: ApiVersion;
  /** For requests that are throttled, not served or not answered; a pause the API asks for takes precedence. */
  retryPolicy: RetryPolicy;
}

/** Understands what a request was answered. @throws WrongShape when something is missing */
type Reader<Value> = (content: unknown) => Value;

/**
 * Sends a request until it is answered and reads the answer. Paths are those after `/api/<version>`.
 * @throws PlatformApiError
 */
export type Ask = <Value>(request: ApiRequest, read: Reader<Value>) => Promise<Value>;

function readContent<Value>(content: unknown, read: Reader<Value>, failed: FailedRequest): Value {
  try {
    return read(content);
  } catch (error) {
    if (!(error instanceof WrongShape)) throw error;
    const fault = { failure: 'invalid-answer', code: 'WrongShape', reason: error.message } as const;
    throw new PlatformApiError({ ...failed, ...fault });
  }
}

/** How to ask one version of the API. */
export function askWith(dependencies: PlatformApiDependencies): Ask {
  return (request, read) => {
    const path = `/api/${dependencies.version}${request.path}`;
    const name = `${request.method} ${path.replace(/\?.*/, '')}`;
    return tryAgain(dependencies.retryPolicy, async (tries) => {
      const failed = { request: name, tries };
      const answer = await send(dependencies, { ...request, path }, failed);
      return readContent(contentOf(answer, failed), read, failed);
    });
  };
}

/** What the call gives, or another value when it fails in this way. */
export function unless<Value, Instead>(
  failure: PlatformApiFailure,
  instead: Instead,
  call: Promise<Value>,
): Promise<Value | Instead> {
  return call.catch((error: unknown) => {
    if (error instanceof PlatformApiError && error.failure === failure) return instead;
    throw error;
  });
}
