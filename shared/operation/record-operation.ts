import type { Logger } from '@aws-lambda-powertools/logger';
import type { MiddlewareObj, Request } from '@middy/core';

/** What the record needs to remember while the invocation runs. */
interface AuditState {
  startedAt: number;
  accepted: boolean;
}

const stateOf = (request: Request): AuditState => request.internal as AuditState;

const durationMs = (request: Request): number =>
  Math.round((performance.now() - stateOf(request).startedAt) * 10) / 10;

/** What went wrong, outermost first, along the chain of causes. */
function errorChain(error: unknown): { name: string; message: string }[] {
  if (!(error instanceof Error)) return [];
  return [{ name: error.name, message: error.message }, ...errorChain(error.cause)];
}

/**
 * A refused request is not logged, its offences are (in `errors`): what does not belong in a request may be a
 * secret, and 6 MB of it would not fit a log event.
 */
const loggedInput = (request: Request): unknown =>
  stateOf(request).accepted ? request.event : { refused: true };

/** Writes the one audit record of an invocation, "operation completed" or "operation failed": docs/logging.md. */
export const recordOperation = (logger: Logger, operation: string): MiddlewareObj => ({
  before: (request) => {
    stateOf(request).startedAt = performance.now();
  },
  after: (request) => {
    logger.info('operation completed', {
      operation,
      input_parameters: loggedInput(request),
      result: request.response,
      duration: durationMs(request),
      errors: [],
    });
  },
  onError: (request) => {
    logger.error('operation failed', {
      operation,
      input_parameters: loggedInput(request),
      result: { errorType: request.error?.name, errorMessage: request.error?.message },
      duration: durationMs(request),
      errors: errorChain(request.error),
    });
  },
});

/** Marks the request as fit to be logged: stands right after request validation. */
export const markAccepted = (): MiddlewareObj => ({
  before: (request) => {
    stateOf(request).accepted = true;
  },
});
