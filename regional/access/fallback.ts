import type { ErrorName } from '../../shared/operation-error.ts';
import type { AccessFailure, AccessFailureKind, CallOptions } from './access.ts';
import { nextPauseMs } from './tries.ts';

/** Errors of a function that are answers about the request or the account: another way would find the same. */
const answers: readonly ErrorName[] = ['InvalidRequestError', 'ConflictError'];

/**
 * The failures of the way by the functions after which the role's way may be gone in mode `dual`, and the names of
 * errors that are an exception. A check that failed is no failure: it is an answer.
 */
export const fallbacks: Record<AccessFailureKind, { butNot: readonly string[] }> = {
  'not-found': { butNot: [] },
  'foreign-function': { butNot: [] },
  denied: { butNot: [] },
  throttled: { butNot: [] },
  unreachable: { butNot: [] },
  'timed-out': { butNot: [] },
  'function-failed': { butNot: answers },
  'invalid-result': { butNot: [] },
};

/** Whether the same will not be tried again, here or by a caller who waits elsewhere. */
const isFinal = (failure: AccessFailure, { retries = true, triesBefore = 0 }: CallOptions): boolean =>
  retries || nextPauseMs(failure, triesBefore + 1) === undefined;

/** Whether the role's way is to be gone after the functions'. */
export const isFallenBack = (failure: AccessFailure, options: CallOptions): boolean =>
  isFinal(failure, options) && !fallbacks[failure.kind].butNot.includes(failure.errorType ?? '');
