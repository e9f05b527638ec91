import { setTimeout as delay } from 'node:timers/promises';
import { OperationError } from '../operation-error.ts';
import type { Invocation } from './invocation.ts';

/** Kept back from the invocation's time for the audit record and the answer. Checks end themselves before. */
const answerMs = 1_000;

/**
 * The work, unless the invocation's time runs out before it is done: Lambda would end the function without a
 * record and without a name for the failure.
 * @throws OperationError `DependencyError` when time is up
 */
export async function withinTime<Result>(
  invocation: Pick<Invocation, 'remainingMs'>,
  work: Promise<Result>,
): Promise<Result> {
  const clock = new AbortController();
  const timeUp = delay(Math.max(0, invocation.remainingMs() - answerMs), undefined, {
    signal: clock.signal,
  }).then(() => {
    const message =
      'AWS had not answered every call when the time of the invocation was nearly over. What was done is kept; send the same request again';
    throw new OperationError('DependencyError', message);
  });
  timeUp.catch(() => {});
  try {
    return await Promise.race([work, timeUp]);
  } finally {
    clock.abort();
  }
}
