import { again, type Reconciled } from '../../shared/reconcile/reconcile.ts';
import type { ResourceStore } from '../../shared/resources/resource-store.ts';
import type { WorkSettings } from '../account/account-settings.ts';
import type { PolicyTrials } from '../aws/policy-trials.ts';
import {
  type AWSFederatedRole,
  type AWSFederatedRoleSpec,
  type AWSFederatedRoleState,
  type AWSFederatedRoleStatus,
  type federatedRoleConditionTypes,
  federatedRoleStates,
} from '../resources/aws-federated-role.ts';
import { withOnlyCondition } from '../resources/conditions.ts';
import { inState } from '../resources/state-table.ts';

/** What the controller of roles needs of the world. */
export interface FederatedRoleDependencies {
  store: ResourceStore;
  trials: PolicyTrials;
  settings: Pick<WorkSettings, 'settleSeconds' | 'retrySeconds'>;
}

/** One look at a role. */
export interface RoleTurn extends FederatedRoleDependencies {
  /** The role as it was last read or written. */
  role: AWSFederatedRole;
  now(): Date;
}

/** Something that is so, in the words of a condition. */
interface Finding {
  type: keyof typeof federatedRoleConditionTypes;
  reason: string;
  message: string;
}

export const statusOf = ({ role }: RoleTurn): AWSFederatedRoleStatus =>
  role.status ?? { state: '', conditions: [] };

/** Writes another status. @throws ConflictError */
export async function save(turn: RoleTurn, status: AWSFederatedRoleStatus): Promise<void> {
  turn.role = await turn.store.updateStatus<AWSFederatedRoleSpec, AWSFederatedRoleStatus>({
    ...turn.role,
    status,
  });
}

/** The status with one condition that is so, and no other. */
export function found(turn: RoleTurn, finding: Finding): AWSFederatedRoleStatus {
  const status = statusOf(turn);
  return { ...status, conditions: withOnlyCondition(status.conditions, finding, turn.now()) };
}

/** The status without what is being tried. */
export function withoutTrial({ trial: _, ...status }: AWSFederatedRoleStatus): AWSFederatedRoleStatus {
  return status;
}

/** Writes what AWS makes of the spec as it is now. */
export async function conclude(
  turn: RoleTurn,
  state: Exclude<AWSFederatedRoleState, ''>,
  finding: Omit<Finding, 'type'>,
): Promise<void> {
  const observedGeneration = turn.role.metadata.generation;
  const status = withoutTrial(found(turn, { type: state, ...finding }));
  await save(turn, inState(federatedRoleStates, statusOf(turn), { ...status, state, observedGeneration }));
}

/** Notes something once, and comes again. */
export async function notedAgain(turn: RoleTurn, finding: Finding, seconds: number): Promise<Reconciled> {
  const isKnown = statusOf(turn).conditions.some(
    ({ type, status, message }) => type === finding.type && status === 'True' && message === finding.message,
  );
  if (!isKnown) await save(turn, found(turn, finding));
  return again(seconds);
}

export const secondsSince = ({ now }: RoleTurn, time: string): number =>
  (now().getTime() - Date.parse(time)) / 1_000;
