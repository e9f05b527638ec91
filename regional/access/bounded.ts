import { AwsCallError } from '../../shared/aws/aws-call-error.ts';
import { untilAborted } from '../../shared/until-aborted.ts';
import type { AccessFailure } from './access.ts';
import { failureOfCall } from './aws-failures.ts';
import { failed } from './failure.ts';

const spoken = (ms: number): string => (ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`);

const noAnswerWithin = (ms: number): AccessFailure =>
  failed(
    'timed-out',
    `There was no answer within ${spoken(ms)}. What was begun may still be running; the same request can be sent again, since every operation can be repeated`,
    { mayPass: true },
  );

/**
 * What some work gives, or a failure when AWS refuses it or time is up: what it waits for is then aborted.
 * @throws whatever else the work throws
 */
export async function bounded<Value>(
  ms: number,
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value | { failure: AccessFailure }> {
  const withinMs = Math.max(0, ms);
  const signal = AbortSignal.timeout(withinMs);
  try {
    return await untilAborted(work(signal), signal);
  } catch (error) {
    if (signal.aborted) return { failure: noAnswerWithin(withinMs) };
    if (error instanceof AwsCallError) return { failure: failureOfCall(error, 'the account') };
    throw error;
  }
}
