/** How often and with what pauses to try again. */
export interface RetryPolicy {
  attempts: number;
  /** Upper bound of the first pause, in milliseconds; it doubles with every attempt. */
  firstPauseMs: number;
  sleep(ms: number): Promise<void>;
  /** A number from 0 up to 1, such as `Math.random`: spreads callers that failed at the same moment. */
  random(): number;
}

/**
 * Does `work` until it succeeds, fails for a reason that trying again cannot mend, or the attempts are used up.
 * Pauses have full jitter: https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/
 * @throws what `work` threw last
 */
export async function retry<Value>(
  policy: RetryPolicy,
  canMend: (error: unknown) => boolean,
  work: () => Promise<Value>,
): Promise<Value> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= policy.attempts || !canMend(error)) throw error;
      await policy.sleep(policy.random() * policy.firstPauseMs * 2 ** (attempt - 1));
    }
  }
}
