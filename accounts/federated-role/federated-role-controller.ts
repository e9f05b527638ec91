import { AwsCallError } from '../../shared/aws/aws-call-error.ts';
import { again, type Controller, type Reconciled } from '../../shared/reconcile/reconcile.ts';
import { awsFinalizer } from '../resources/api.ts';
import {
  type AWSFederatedRoleSpec,
  type AWSFederatedRoleStatus,
  federatedRoleKind,
} from '../resources/aws-federated-role.ts';
import { deleteRole } from './delete-role.ts';
import { type FederatedRoleDependencies, notedAgain, type RoleTurn } from './turn.ts';
import { validateRole } from './validate-role.ts';

/** Finds out whether AWS takes what a role describes, and takes its accesses with it when it goes. */
export const federatedRoleController = (
  dependencies: FederatedRoleDependencies,
): Controller<AWSFederatedRoleSpec, AWSFederatedRoleStatus> => ({
  kind: federatedRoleKind.kind,
  reconcile: (role, { now }) => reconcile({ ...dependencies, role, now }),
});

async function reconcile(turn: RoleTurn): Promise<Reconciled> {
  const { deletionTimestamp, finalizers } = turn.role.metadata;
  try {
    if (deletionTimestamp) return await deleteRole(turn);
    if (!finalizers.includes(awsFinalizer)) return await markOut(turn);
    return await validateRole(turn);
  } catch (error) {
    // Nothing that AWS refuses here is about the role: what is, was told as an answer.
    if (!(error instanceof AwsCallError) || error.action.startsWith('dynamodb:')) throw error;
    const finding = { type: 'InProgress', reason: error.code, message: error.message } as const;
    return notedAgain(turn, finding, turn.settings.retrySeconds);
  }
}

async function markOut({ store, role }: RoleTurn): Promise<Reconciled> {
  const finalizers = [...role.metadata.finalizers, awsFinalizer];
  await store.update({ ...role, metadata: { ...role.metadata, finalizers } });
  return again(0);
}
