import type { CheckStatus, CheckSummary } from '../../schemas/generated/check.js';
import type { NetworkTopology } from '../../schemas/generated/network-verifier-result.js';

/** A finding as both checkers give it. */
export interface ReportFinding {
  check_name: string;
  status: CheckStatus;
  message: string;
  /** Id of the AWS resource it is about, where it is about one. */
  resource_id?: string;
  details: Record<string, unknown>;
}

/** All that a page shows. */
export interface Report {
  /** What was verified, such as `Network vpc-0a1b2c3d`. */
  title: string;
  /** Who was asked, where and when, by the names they are shown under. */
  facts: Record<string, string>;
  findings: readonly ReportFinding[];
  summary: CheckSummary;
  /** The request. */
  asked: object;
  /** When the answer came. */
  at: Date;
  /** The VPC, to be drawn. */
  topology?: NetworkTopology;
  /** A sentence that says why a VPC was to be drawn and is not. */
  undrawn?: string;
}

/** The states, worst first, and how a page shows them: never by colour alone. */
export const statuses = {
  failed: { mark: '✕', title: 'Failed', word: 'failed' },
  warning: { mark: '!', title: 'Warnings', word: 'warning' },
  passed: { mark: '✓', title: 'Passed', word: 'passed' },
} as const satisfies Record<CheckStatus, { mark: string; title: string; word: string }>;

/** Worst first. */
export const statusOrder = Object.keys(statuses) as CheckStatus[];
