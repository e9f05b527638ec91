import type { CheckStatus } from '../../../schemas/generated/check.js';
import type { CheckResult } from '../../../shared/checks/run-checks.ts';

/** Reasons that stand for a check without a verdict; `not_verifiable` is one: what can be seen is fine. */
const withoutVerdict = [
  'access_denied',
  'throttled',
  'service_error',
  'deadline_exceeded',
  'depends_on_other_check',
  'value_absent',
  'internal_error',
];

/** The verdicts each check has come to in the tests of this file. */
export const seenVerdicts = new Map<string, Set<CheckStatus>>();

/** Remembers the verdicts among findings, and gives the findings back. */
export function noted(results: CheckResult[]): CheckResult[] {
  for (const { check, status, details } of results) {
    if (withoutVerdict.includes(String(details?.reason_code))) continue;
    seenVerdicts.set(check, (seenVerdicts.get(check) ?? new Set()).add(status));
  }
  return results;
}
