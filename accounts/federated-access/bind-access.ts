import { again, type Reconciled } from '../../shared/reconcile/reconcile.ts';
import type { Step } from '../../shared/resources/steps.ts';
import { accessAccountLabel, accessFinalizer, accessUidLabel } from '../resources/api.ts';
import { federatedAccessKind } from '../resources/aws-federated-account-access.ts';
import type { AWSFederatedRole } from '../resources/aws-federated-role.ts';
import { consoleUrlOf, roleNameOf } from './names.ts';
import { isThere, isUsable, roleOf, unusable } from './role-of.ts';
import { type AccessTurn, asFailed, type Grant, moved, noted } from './turn.ts';
import { type Held, whoseAccount } from './whose-account.ts';

/** Until an access is looked at again for which there is no claim yet. */
const untilClaimed = 30;

/** Finds out in which account the role is to be, and binds the access to it for good. */
export async function bindAccess(turn: AccessTurn): Promise<Reconciled> {
  const { store, access } = turn;
  const [contradiction] = federatedAccessKind.contradictions(access);
  if (contradiction) return fail(turn, contradiction);
  const role = await roleOf(turn);
  if (!isThere(role)) return fail(turn, unusable(turn, role));
  if (!isUsable(role)) return wait(turn, unusable(turn, role));
  const held = await whoseAccount(store, access);
  return 'reason' in held ? wait(turn, held) : bind(turn, role, held);
}

async function fail(turn: AccessTurn, finding: { reason: string; message: string }): Promise<Reconciled> {
  await noted(turn, 'Failed', finding);
  return asFailed(turn);
}

async function wait(turn: AccessTurn, finding: { reason: string; message: string }): Promise<Reconciled> {
  await noted(turn, 'InProgress', finding);
  return again(untilClaimed);
}

function grantFor(
  { access, partition }: AccessTurn,
  role: AWSFederatedRole,
  { account, claim }: Held,
): Grant {
  const accountID = account.spec.awsAccountID;
  const roleName = roleNameOf(role.metadata.name, access.metadata.labels[accessUidLabel] ?? '');
  const { namespace, name, uid } = claim.metadata;
  return {
    accountID,
    account: account.metadata.name,
    claim: { namespace, name, uid },
    roleName,
    roleARN: `arn:${partition}:iam::${accountID}:role/${roleName}`,
  };
}

/**
 * One transaction: what will be made is written down, and neither account nor claim can go from then on, nor can the
 * account be given to anybody, until that is gone. It is refused when one of the three was written meanwhile.
 */
async function bind(turn: AccessTurn, role: AWSFederatedRole, held: Held): Promise<Reconciled> {
  const { store, access, partition } = turn;
  const grant = grantFor(turn, role, held);
  const finalizer = accessFinalizer(access.metadata);
  const kept = [held.account, held.claim].map((resource): Step => {
    const finalizers = [...resource.metadata.finalizers.filter((one) => one !== finalizer), finalizer];
    return { do: 'update', resource: { ...resource, metadata: { ...resource.metadata, finalizers } } };
  });
  const finding = { reason: 'InProgress', message: 'role and policies are being made' };
  const consoleURL = consoleUrlOf(partition, grant.accountID, grant.roleName);
  const status = moved(turn, 'InProgress', finding, { consoleURL, grant });
  const labels = { ...access.metadata.labels, [accessAccountLabel]: grant.accountID };
  const bound = { ...access, metadata: { ...access.metadata, labels }, status };
  await store.transact([...kept, { do: 'replace', resource: bound }]);
  return again(0);
}
