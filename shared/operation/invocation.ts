import type { Context } from 'aws-lambda';
import type { CheckRun } from '../checks/check-run.ts';

/** Where and within what time one invocation runs. */
export interface Invocation {
  /** `aws`, `aws-us-gov` or `aws-cn`. */
  partition: string;
  /** The 12-digit account the function lives in. */
  account: string;
  /** The region the function lives in. */
  region: string;
  /** Milliseconds until Lambda ends the invocation. */
  remainingMs(): number;
  /** Takes the checks that were run into the audit record and the metrics; outside of Lambda there are none. */
  noteChecks?(runs: CheckRun[]): void;
}

/** The checks that were run, by the context of their invocation. */
const noted = new WeakMap<Context, CheckRun[]>();

/** The checks that an invocation has noted. */
export const checksOf = (context: Context): CheckRun[] => noted.get(context) ?? [];

/**
 * Reads partition, region and account from the ARN the function was invoked by, so that no constant names them.
 * @throws Error when the ARN is not one of a Lambda function
 */
export function invocationOf(context: Context): Invocation {
  const [arn, partition, service, region, account] = context.invokedFunctionArn.split(':');
  if (arn !== 'arn' || service !== 'lambda' || !partition || !region || !account) {
    throw new Error(`not the ARN of a Lambda function: "${context.invokedFunctionArn}"`);
  }
  return {
    partition,
    account,
    region,
    remainingMs: () => context.getRemainingTimeInMillis(),
    noteChecks: (runs) => noted.set(context, runs),
  };
}
