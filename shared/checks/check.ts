import type { CheckStatus, ReasonCode } from '../../schemas/generated/check.js';

/** One finding of a check. */
export interface Finding {
  status: CheckStatus;
  /** What was found, what is needed, and the remedy. */
  message: string;
  /** The AWS resource it is about, when it is about one. */
  resourceId?: string;
  /** Measured and needed values for a program to read. */
  details?: Record<string, unknown>;
}

/**
 * One check of a catalogue: a pure function of facts that are fetched when first asked for. To add a check,
 * write one file with one of these and put it on the list in the folder's `index.ts`.
 */
export interface Check<Facts> {
  /** Its name in the catalogue, such as `vpc_dns_support`. */
  name: string;
  run(facts: Facts): Promise<Finding[]>;
}

/** A check as the catalogue in docs/checks.md describes it. */
export interface CataloguedCheck<Facts> extends Check<Facts> {
  /** What it verifies, in a clause: `the region exists and is enabled for the account`. */
  what: string;
  /** IAM actions without which it cannot be determined; empty when the request alone tells. */
  actions: readonly string[];
  /** When it fails and when it warns, in a sentence or two. */
  rule: string;
  /** What to do about a failure: a command, a quota code, a tag. */
  remedy: string;
}

export const passed = (message: string, rest: Omit<Finding, 'status' | 'message'> = {}): Finding => ({
  status: 'passed',
  message,
  ...rest,
});

export const failed = (message: string, rest: Omit<Finding, 'status' | 'message'> = {}): Finding => ({
  status: 'failed',
  message,
  ...rest,
});

export const warning = (message: string, rest: Omit<Finding, 'status' | 'message'> = {}): Finding => ({
  status: 'warning',
  message,
  ...rest,
});

/** Thrown by a fact that cannot be had; the checks that need it become warnings with this reason. */
export class Undetermined extends Error {
  override readonly name = 'Undetermined';
  readonly reason: ReasonCode;

  constructor(reason: ReasonCode, message: string) {
    super(message);
    this.reason = reason;
  }
}
