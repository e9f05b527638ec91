import { type RetryPolicy, retry } from '../retry.ts';
import { PlatformApiError } from './platform-api-error.ts';

/** What /info answers when no role is configured; until July 2026 it was a word. */
export const noRoleCodes = ['INFO-001', 'regional-account-unavailable'];

/** Unavailable, but for a reason that does not pass: no role, no such host, no trust in it. */
const lasting = new Set([...noRoleCodes, 'HostNotFound', 'CertificateRefused']);

const mayPass = ({ failure, code }: PlatformApiError): boolean =>
  failure === 'throttled' || (failure === 'unavailable' && !lasting.has(code));

/**
 * Tries until the API answers, for as long as the policy allows. The pause is the one the API asked for, or else the
 * policy's.
 * @param attempt is told which try it is, from 1
 * @throws what the last attempt threw
 */
export function tryAgain<Value>(
  policy: RetryPolicy,
  attempt: (tries: number) => Promise<Value>,
): Promise<Value> {
  let tries = 0;
  let asked: number | undefined;
  const canMend = (error: unknown): boolean => {
    if (!(error instanceof PlatformApiError)) return false;
    asked = error.fault.retryAfterMs;
    return mayPass(error);
  };
  const polite = { ...policy, sleep: (ms: number) => policy.sleep(asked ?? ms) };
  return retry(polite, canMend, () => attempt(++tries));
}
