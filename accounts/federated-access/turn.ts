import { again, failed, type Reconciled } from '../../shared/reconcile/reconcile.ts';
import type { ResourceStore } from '../../shared/resources/resource-store.ts';
import type { WorkSettings } from '../account/account-settings.ts';
import type { AwsPorts } from '../aws/aws-ports.ts';
import {
  type AWSFederatedAccountAccess,
  type AWSFederatedAccountAccessSpec,
  type AWSFederatedAccountAccessState,
  type AWSFederatedAccountAccessStatus,
  type federatedAccessConditionTypes,
  federatedAccessStates,
} from '../resources/aws-federated-account-access.ts';
import { withOnlyCondition } from '../resources/conditions.ts';
import { inState } from '../resources/state-table.ts';

/** What the controller of accesses needs of the world. */
export interface FederatedAccessDependencies {
  store: ResourceStore;
  aws: AwsPorts;
  settings: WorkSettings;
  /** First part of every ARN: `aws`, `aws-us-gov` or `aws-cn`. */
  partition: string;
  /** Six random letters or digits. */
  suffix(): string;
}

/** One look at an access. */
export interface AccessTurn extends FederatedAccessDependencies {
  /** The access as it was last read or written. */
  access: AWSFederatedAccountAccess;
  now(): Date;
}

export type Status = AWSFederatedAccountAccessStatus;
export type Grant = NonNullable<Status['grant']>;

/** Why something is so, in the words of a condition. */
export interface Finding {
  reason: string;
  message: string;
}

/** The status as it is; nothing but a state before anybody has looked at the access. */
export const statusOf = ({ access }: AccessTurn): Status | undefined => access.status;

/** What has been made for the access, or is about to be. @throws Error when that is nothing */
export function grantOf({ access }: AccessTurn): Grant {
  const grant = access.status?.grant;
  if (!grant) throw new Error(`nothing was made for ${access.metadata.namespace}/${access.metadata.name}`);
  return grant;
}

/** Writes another status. @throws ConflictError */
export async function save(turn: AccessTurn, status: Status): Promise<void> {
  turn.access = await turn.store.updateStatus<AWSFederatedAccountAccessSpec, Status>({
    ...turn.access,
    status,
  });
}

/** The status in a state, whose condition is so, and no other one. */
export function moved(
  turn: AccessTurn,
  state: Exclude<AWSFederatedAccountAccessState, ''>,
  finding: Finding,
  changes: Partial<Status> = {},
): Status {
  const before = statusOf(turn);
  const conditions = withOnlyCondition(before?.conditions, { type: state, ...finding }, turn.now());
  return inState(federatedAccessStates, before, { ...before, ...changes, state, conditions });
}

type ConditionType = keyof typeof federatedAccessConditionTypes;

const isNoted = (turn: AccessTurn, type: ConditionType, { message }: Finding): boolean =>
  statusOf(turn)?.conditions.some(
    (one) => one.type === type && one.status === 'True' && one.message === message,
  ) ?? false;

/** Writes that an access is in a state and why, unless that is written already. */
export async function noted(
  turn: AccessTurn,
  state: Exclude<AWSFederatedAccountAccessState, ''>,
  finding: Finding,
): Promise<void> {
  if (statusOf(turn)?.state === state && isNoted(turn, state, finding)) return;
  await save(turn, moved(turn, state, finding));
}

/** Until something is tried again that was in the way the last time, too. */
const patientSeconds = 30;

/** Notes what is in the way, once, and comes again: soon, and then not so soon. */
export async function hindered(turn: AccessTurn, finding: Finding): Promise<Reconciled> {
  // Only a last look at one that works is in the way.
  const isReady = statusOf(turn)?.state === 'Ready';
  const isKnown = isReady || isNoted(turn, 'InProgress', finding);
  if (!isReady) await noted(turn, 'InProgress', finding);
  return again(isKnown ? patientSeconds : turn.settings.retrySeconds);
}

/** Why an access has failed. */
export function asFailed(turn: AccessTurn): Reconciled {
  const finding = statusOf(turn)?.conditions.find(
    ({ type, status }) => type === 'Failed' && status === 'True',
  );
  return failed(finding?.message ?? 'it has failed, and nobody has said why');
}

export const secondsSince = ({ now }: AccessTurn, time: string): number =>
  (now().getTime() - Date.parse(time)) / 1_000;
