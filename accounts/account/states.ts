import type { AwsCallError } from '../../shared/aws/aws-call-error.ts';
import { again, failed, type Reconciled } from '../../shared/reconcile/reconcile.ts';
import {
  type AccountState,
  type AccountStatus,
  type accountConditionTypes,
  accountStates,
} from '../resources/account.ts';
import { withProbedCondition } from '../resources/conditions.ts';
import { inState } from '../resources/state-table.ts';
import { save, statusOf, type Turn } from './turn.ts';

type ConditionType = keyof typeof accountConditionTypes;

/** Something that is so, in the words of a condition. */
export interface Finding {
  type: ConditionType;
  reason: string;
  message: string;
}

/** Conditions that tell of trouble: they are over when the account goes on. */
const troubles: readonly ConditionType[] = [
  ...(['Failed', 'AccountCreationFailed', 'AccountClientError', 'AuthorizationError'] as const),
  ...(['AuthenticationError', 'UnhandledError', 'InternalError'] as const),
];

/** Conditions that tell of a state: they are over when the account leaves it. */
const ofStates: readonly ConditionType[] = [
  ...(['Pending', 'Creating', 'InitializingRegions', 'PendingVerification', 'Ready', 'Cleaning'] as const),
];

type Conditions = AccountStatus['conditions'];

const isSo = (conditions: Conditions, type: string): boolean =>
  conditions?.some((one) => one.type === type && one.status === 'True') ?? false;

/** The conditions with those ended that are so. */
export function ended(conditions: Conditions, types: readonly ConditionType[], now: Date): Conditions {
  return types
    .filter((type) => isSo(conditions, type))
    .reduce<Conditions>((all, type) => {
      const { reason = type, message = '' } = all?.find((one) => one.type === type) ?? {};
      return withProbedCondition(all, { type, status: 'False', reason, message }, now);
    }, conditions);
}

/** The conditions when nothing is in the way any more. */
export const untroubled = (turn: Turn): Conditions => ended(statusOf(turn).conditions, troubles, turn.now());

/** The conditions with one more that is so. */
export const found = (conditions: Conditions, finding: Finding, now: Date): Conditions =>
  withProbedCondition(conditions, { ...finding, status: 'True' }, now);

/** The status in another state, whose condition is so, and no other state's or trouble's. */
export function moved(
  turn: Turn,
  state: Exclude<AccountState, '' | 'Failed'>,
  message: string,
  { reason = state, ...changes }: Partial<AccountStatus> & { reason?: string } = {},
): AccountStatus {
  const now = turn.now();
  const { deadline: _, ...before } = statusOf(turn);
  const others = [...ofStates, ...troubles].filter((type) => type !== state);
  const conditions = found(ended(before.conditions, others, now), { type: state, reason, message }, now);
  return inState(accountStates, before, { ...before, ...changes, state, conditions });
}

/** Whether nothing is new in a finding. */
const isTold = (conditions: Conditions, { type, reason, message }: Finding): boolean =>
  conditions?.some(
    (one) => one.type === type && one.status === 'True' && one.reason === reason && one.message === message,
  ) ?? false;

/** Stops the work on an account until a person has mended what is wrong and takes its state back to `''`. */
export async function fail(
  turn: Turn,
  finding: Finding,
  changes: Partial<AccountStatus> = {},
): Promise<Reconciled> {
  const now = turn.now();
  const { deadline: _, ...before } = statusOf(turn);
  if (before.state === 'Failed' && isTold(before.conditions, finding)) return failed(finding.message);
  const conditions = found(ended(before.conditions, ofStates, now), finding, now);
  await save(turn, inState(accountStates, before, { ...before, ...changes, state: 'Failed', conditions }));
  return failed(finding.message);
}

/** Why an account has failed, in a sentence. */
export function whyFailed({ conditions = [] }: AccountStatus): string {
  const trouble = conditions.findLast(
    ({ type, status }) => status === 'True' && troubles.includes(type as ConditionType),
  );
  return trouble?.message ?? 'it has failed, and nobody has said why';
}

/** An error of AWS in the words of a condition. */
export function troubleOf(error: AwsCallError): Finding {
  const { failure, code, message } = error;
  const types = { unauthenticated: 'AuthenticationError', denied: 'AuthorizationError' } as const;
  const type = failure === 'unauthenticated' || failure === 'denied' ? types[failure] : 'AccountClientError';
  return { type, reason: code, message };
}

/** Notes what is in the way, once, and comes again. */
export async function hindered(turn: Turn, finding: Finding): Promise<Reconciled> {
  const status = statusOf(turn);
  const isKnown = status.conditions?.some(
    (one) => one.type === finding.type && one.status === 'True' && one.reason === finding.reason,
  );
  if (!isKnown) {
    const now = turn.now();
    const conditions = found(ended(status.conditions, troubles, now), finding, now);
    await save(turn, { ...status, conditions });
  }
  return again(turn.settings.retrySeconds);
}
