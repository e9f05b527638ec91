import { setTimeout as sleep } from 'node:timers/promises';
import type { Say } from '../tasks.ts';

/** The customer's stack as CloudFormation shows it. */
export interface StackState {
  /** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html */
  status: string;
  /** CloudFormation's own words about the status, such as why it failed. */
  reason?: string;
  /** The stage that was deployed last. */
  stage?: string;
  /** Identity of the release that was deployed last; `sources` when it was none. */
  release?: string;
  /** Values of the parameters that all stages share. */
  parameters: Record<string, string>;
  /** The bucket the packages are uploaded to. */
  bucket?: string;
}

/** What the stack of an account and region can be asked and told. Every call rejects with AwsCallError. */
export interface CustomerStack {
  name: string;
  state(): Promise<StackState | undefined>;
  /** The name or ARN of one of its resources; undefined when it has no such. */
  physicalId(logicalId: string): Promise<string | undefined>;
  /** Empties its bucket, deletes it, and resolves when it is gone. @throws StackFailure when CloudFormation cannot */
  remove(): Promise<void>;
}

/** The stack is in a state that this product cannot lead it out of, or a deploy of it failed. */
export class StackFailure extends Error {
  override readonly name = 'StackFailure';
}

type Disposition = 'ready' | 'busy' | 'unmade' | 'stuck';

/**
 * What each status means for the next deploy. An unmade stack has nothing that is worth keeping, and
 * CloudFormation wants it deleted before it is made again:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html
 */
const dispositions: Record<string, Disposition> = {
  CREATE_COMPLETE: 'ready',
  UPDATE_COMPLETE: 'ready',
  UPDATE_ROLLBACK_COMPLETE: 'ready',
  IMPORT_COMPLETE: 'ready',
  IMPORT_ROLLBACK_COMPLETE: 'ready',
  // A change set was made for a stack that does not exist yet, and was never executed.
  REVIEW_IN_PROGRESS: 'unmade',
  CREATE_FAILED: 'unmade',
  ROLLBACK_COMPLETE: 'unmade',
  ROLLBACK_FAILED: 'unmade',
  DELETE_FAILED: 'unmade',
  UPDATE_FAILED: 'stuck',
  UPDATE_ROLLBACK_FAILED: 'stuck',
};

const dispositionOf = (status: string): Disposition =>
  dispositions[status] ?? (status.endsWith('_IN_PROGRESS') ? 'busy' : 'stuck');

/** How often to look at a stack that is being changed, and how long at most: functions in a VPC take long. */
const pollMs = 5_000;
const longestWaitMs = 45 * 60_000;

/**
 * Waits while CloudFormation changes the stack, such as for a deploy that was interrupted here and goes on there.
 * @returns the stack, or undefined when there is none (any more)
 * @throws StackFailure when it takes longer than anything of ours does
 */
export async function idleStack(
  stack: CustomerStack,
  say: Say,
  wait: (ms: number) => Promise<unknown> = sleep,
): Promise<StackState | undefined> {
  for (let waited = 0; waited < longestWaitMs; waited += pollMs) {
    const state = await stack.state();
    if (!state || dispositionOf(state.status) !== 'busy') return state;
    say(`waiting for CloudFormation: ${state.status}`);
    await wait(pollMs);
  }
  throw new StackFailure(`the stack ${stack.name} has been changing for more than 45 minutes`);
}

/**
 * Brings the stack to a state from which it can be deployed: waits while it is changing, and removes what is left of
 * a stack that was never made.
 * @returns the stack, or undefined when there is none (any more)
 * @throws StackFailure when only a person can help
 */
export async function settleStack(
  stack: CustomerStack,
  say: Say,
  wait?: (ms: number) => Promise<unknown>,
): Promise<StackState | undefined> {
  const state = await idleStack(stack, say, wait);
  const disposition = state ? dispositionOf(state.status) : 'ready';
  if (disposition === 'stuck') throw stuck(stack.name, state);
  if (disposition === 'ready') return state;
  say(`removing what is left of a stack that was not made (${state?.status})`);
  await stack.remove();
  return undefined;
}

/**
 * What ends a state that CloudFormation does not leave by itself:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stack-failure-options.html
 */
const wayOut: Record<string, string> = { UPDATE_FAILED: 'rollback-stack' };

function stuck(name: string, state: StackState | undefined): StackFailure {
  const { status = 'unknown', reason } = state ?? {};
  const command = `aws cloudformation ${wayOut[status] ?? 'continue-update-rollback'} --stack-name ${name}`;
  return new StackFailure(
    `the stack ${name} is in the state ${status}${reason ? ` (${reason})` : ''}, which only a person can end: see its events, then "${command}"`,
  );
}
