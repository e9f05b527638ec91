import type { RecordedCheck } from '../../schemas/generated/audit-record.js';
import type { CheckDetails } from '../../schemas/generated/check.js';
import { type CheckRun, worstOf } from '../checks/check-run.ts';
import { tenths } from './tenths.ts';

/** A check as the audit record has it: its worst status, and why it could not be determined if it could not. */
export function recordedCheck({ name, findings, durationMs }: CheckRun): RecordedCheck {
  const details = findings.map((finding): CheckDetails => finding.details ?? {});
  const { reason_code, missing_action } = details.find((one) => one.reason_code) ?? {};
  return {
    name,
    status: worstOf(findings),
    ...(reason_code && { reason_code }),
    ...(missing_action && { missing_action }),
    duration_ms: tenths(durationMs),
  };
}
