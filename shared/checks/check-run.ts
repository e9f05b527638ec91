import type { CheckStatus } from '../../schemas/generated/check.js';
import type { Finding } from './check.ts';

/** One check that was run. */
export interface CheckRun {
  name: string;
  findings: Finding[];
  /** Milliseconds until it had its findings; all checks of a run begin at once. */
  durationMs: number;
}

/** Statuses, the one that counts most first. */
const worstFirst: readonly CheckStatus[] = ['failed', 'warning', 'passed'];

/** The worst of some statuses; `passed` of none. */
export const worstOf = (results: readonly { status: CheckStatus }[]): CheckStatus =>
  worstFirst.find((status) => results.some((result) => result.status === status)) ?? 'passed';
