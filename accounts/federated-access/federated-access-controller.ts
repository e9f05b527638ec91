import { again, type Controller, done, type Reconciled } from '../../shared/reconcile/reconcile.ts';
import { accessRoleLabel, accessUidLabel, awsFinalizer } from '../resources/api.ts';
import {
  type AWSFederatedAccountAccess,
  type AWSFederatedAccountAccessSpec,
  type AWSFederatedAccountAccessStatus,
  federatedAccessKind,
} from '../resources/aws-federated-account-access.ts';
import { bindAccess } from './bind-access.ts';
import { labelOf } from './names.ts';
import { serveAccess } from './serve-access.ts';
import { type AccessTurn, asFailed, type FederatedAccessDependencies, statusOf } from './turn.ts';
import { cleanUp, withdraw } from './withdraw-access.ts';

/** Gives somebody outside a role in the account of a claim, and takes it away with the claim or the access. */
export const federatedAccessController = (
  dependencies: FederatedAccessDependencies,
): Controller<AWSFederatedAccountAccessSpec, AWSFederatedAccountAccessStatus> => ({
  kind: federatedAccessKind.kind,
  reconcile: (access, { now }) => reconcile({ ...dependencies, access, now }),
});

function reconcile(turn: AccessTurn): Promise<Reconciled> {
  const { access } = turn;
  const { grant } = statusOf(turn) ?? {};
  const { deletionTimestamp, finalizers } = access.metadata;
  if (grant?.withdrawnSince && !grant.endedAt) return cleanUp(turn, grant.withdrawnSince);
  if (deletionTimestamp) return finalizers.includes(awsFinalizer) ? goOut(turn) : Promise.resolve(done);
  if (!isMarkedOut(access)) return markOut(turn);
  if (grant?.endedAt) return Promise.resolve(asFailed(turn));
  return grant ? serveAccess(turn) : bindAccess(turn);
}

/** It goes when nothing of it is left. */
async function goOut(turn: AccessTurn): Promise<Reconciled> {
  const { grant } = statusOf(turn) ?? {};
  if (grant && !grant.endedAt) {
    return withdraw(turn, { reason: 'Deleting', message: 'role and policies are being taken down' });
  }
  await turn.store.removeFinalizer(turn.access, awsFinalizer);
  return done;
}

const uidPattern = /^[a-z0-9]{6}$/;

const isMarkedOut = ({ metadata: { labels, finalizers } }: AWSFederatedAccountAccess): boolean =>
  uidPattern.test(labels[accessUidLabel] ?? '') && finalizers.includes(awsFinalizer);

/** Gives it the six characters with which the names of what is made for it end, once and for all. */
async function markOut({ store, access, suffix }: AccessTurn): Promise<Reconciled> {
  const { labels, finalizers } = access.metadata;
  const known = labels[accessUidLabel] ?? '';
  const metadata = {
    ...access.metadata,
    labels: {
      ...labels,
      [accessUidLabel]: uidPattern.test(known) ? known : suffix(),
      [accessRoleLabel]: labelOf(access.spec.awsFederatedRole.name),
    },
    finalizers: [...finalizers.filter((one) => one !== awsFinalizer), awsFinalizer],
  };
  await store.update({ ...access, metadata });
  return again(0);
}
