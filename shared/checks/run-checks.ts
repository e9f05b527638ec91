import type { CheckStatus, CheckSummary, ReasonCode } from '../../schemas/generated/check.js';
import { AwsCallError, type AwsFailure } from '../aws/aws-call-error.ts';
import { type Check, type Finding, Undetermined, warning } from './check.ts';
import { type CheckRun, worstOf } from './check-run.ts';
import { deadlineIn } from './deadline.ts';

/** A finding with the name of the check that made it. */
export interface CheckResult extends Finding {
  check: string;
}

const reasonByFailure: Partial<Record<AwsFailure, ReasonCode>> = {
  denied: 'access_denied',
  throttled: 'throttled',
};

const undetermined = (reason: ReasonCode, message: string, details: Record<string, unknown> = {}): Finding =>
  warning(message, { details: { reason_code: reason, ...details } });

/** Says why there is no verdict. It never counts as passed, whatever the reason. */
export function notDetermined(error: unknown): Finding {
  if (error instanceof Undetermined) return undetermined(error.reason, `Not checked: ${error.message}`);
  if (!(error instanceof AwsCallError)) {
    const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
    return undetermined('internal_error', `Not checked because of a fault of the check: ${name}: ${message}`);
  }
  const reason = reasonByFailure[error.failure] ?? 'service_error';
  if (error.failure === 'unauthenticated' || error.code === 'ENOTFOUND') {
    return undetermined(
      'service_error',
      `Not checked: AWS did not take ${error.action} there (${error.code}). Check that the region exists and is enabled for the account`,
      { error_code: error.code },
    );
  }
  if (reason === 'access_denied') {
    return undetermined(
      reason,
      `Not checked: the function's role may not call ${error.action}. Deploy the functions again, and check that no service control policy or permissions boundary denies it. AWS said: ${error.said}`,
      { missing_action: error.action },
    );
  }
  return undetermined(
    reason,
    `Not checked: ${error.action} failed with ${error.code}. Run it again. AWS said: ${error.said}`,
    {
      error_code: error.code,
    },
  );
}

/**
 * Runs all checks at once and reports all their findings, in the order of the list. A check that cannot be
 * determined, or is not done when time runs out, is a warning with a reason code.
 * @param remainingMs milliseconds until the invocation is ended
 * @param note is told how each check ended and how long it took
 */
export async function runChecks<Facts>(
  checks: readonly Check<Facts>[],
  facts: Facts,
  remainingMs: number,
  note: (runs: CheckRun[]) => void = () => {},
): Promise<CheckResult[]> {
  const deadline = deadlineIn(remainingMs);
  const startedAt = performance.now();
  const run = async (check: Check<Facts>): Promise<CheckRun> => {
    const findings = await deadline
      .inTime(Promise.resolve(facts).then(check.run))
      .catch((error) => [notDetermined(error)]);
    return { name: check.name, findings, durationMs: performance.now() - startedAt };
  };
  const runs = await Promise.all(checks.map(run));
  deadline.stop();
  note(runs);
  return runs.flatMap(({ name, findings }) => findings.map((finding) => ({ check: name, ...finding })));
}

/** Counts results by status. */
export function summarize(results: readonly { status: CheckStatus }[]): CheckSummary {
  const count = (status: CheckStatus) => results.filter((result) => result.status === status).length;
  return {
    status: worstOf(results),
    passed: count('passed'),
    failed: count('failed'),
    warning: count('warning'),
  };
}
