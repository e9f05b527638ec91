import { StandardRetryStrategy } from '@smithy/core/retry';
import type { Instrument } from './clients.ts';

/** Milliseconds: the SDK's own pauses between tries of a throttled call may be four seconds long. */
export const longestPauseMs = 800;

/** The SDK's pauses, which grow and are drawn, but none is longer. */
export class ShortPauses {
  #baseMs = 0;

  /** Called by the SDK before each pause: it is another one for a throttled call. */
  setDelayBase(ms: number): void {
    this.#baseMs = ms;
  }

  /** @param triesBefore 0 for the first pause. @returns milliseconds */
  computeNextBackoffDelay(triesBefore: number): number {
    return Math.floor(Math.random() * Math.min(this.#baseMs * 2 ** triesBefore, longestPauseMs));
  }
}

class BriefRetries extends StandardRetryStrategy {
  protected override readonly retryBackoffStrategy = new ShortPauses();
}

/** The settings of an SDK client that are about trying again. */
interface RetryConfig {
  maxAttempts(): Promise<number>;
  retryStrategy(): Promise<object>;
}

/**
 * Has the clients of a function try again soon or not at all. It is for work that a queue brings back later: an
 * invocation that waits is paid for, and keeps others from the same place.
 */
export const withShortPauses =
  (instrument: Instrument): Instrument =>
  (client) => {
    const { config } = client as unknown as { config: RetryConfig };
    const retries = new BriefRetries(config.maxAttempts);
    config.retryStrategy = async () => retries;
    return instrument(client);
  };
