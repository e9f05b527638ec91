import type { AccessFailure, CallOptions, Trace } from './access.ts';
import { bounded } from './bounded.ts';

/** What one way into an account came to. `about` tells what is known of who was asked. */
export type Tried<Result> = ({ result: Result } | { failure: AccessFailure }) & {
  about: Partial<Omit<Trace, 'durationMs' | 'attempts' | 'via'>>;
};

/** Time as it passes; a test has one of its own. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  sleep(ms: number): Promise<void>;
}

/** Milliseconds before the second, third and fourth try. */
const pausesMs = [1_000, 2_000, 4_000] as const;

/** What has run into its time limit once may have been unlucky; twice, it is too slow. */
const retriesAfterTimeOut = 1;

/**
 * Milliseconds to wait before the next try; undefined when there is to be none.
 * @param attempts tries so far, the one that ended with this failure included
 */
export function nextPauseMs(failure: AccessFailure, attempts: number): number | undefined {
  const { kind, mayPass, retryAfterSeconds = 0 } = failure;
  if (!mayPass || (kind === 'timed-out' && attempts > retriesAfterTimeOut)) return undefined;
  const pause = pausesMs[attempts - 1];
  return pause && Math.max(pause, retryAfterSeconds * 1_000);
}

type Once<Result> = (signal: AbortSignal) => Promise<Tried<Result>>;

/** Tries until there is an answer, a failure that does not pass, or no time for another try. */
export async function repeated<Result>(
  { now, sleep }: Clock,
  { withinMs, retries = true }: CallOptions,
  once: Once<Result>,
): Promise<{ tried: Tried<Result>; attempts: number }> {
  const end = now() + withinMs;
  for (let attempts = 1; ; attempts++) {
    const ended = await bounded(end - now(), once);
    const tried = 'about' in ended ? ended : { ...ended, about: {} };
    const pauseMs = retries && 'failure' in tried ? nextPauseMs(tried.failure, attempts) : undefined;
    if (pauseMs === undefined || now() + pauseMs >= end) return { tried, attempts };
    await sleep(pauseMs);
  }
}
