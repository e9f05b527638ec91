import { AwsCallError } from '../../shared/aws/aws-call-error.ts';
import { again, type Reconciled } from '../../shared/reconcile/reconcile.ts';
import type { Resource } from '../../shared/resources/resource.ts';
import type { Step } from '../../shared/resources/steps.ts';
import { enterAccount, NoWayInError } from '../account/way-in.ts';
import { ForbiddenAccountError } from '../aws/account-guards.ts';
import type { MemberAccount } from '../aws/member-accounts.ts';
import { isClosed } from '../aws/organization.ts';
import type { Account } from '../resources/account.ts';
import { accessFinalizer } from '../resources/api.ts';
import { withProbedCondition } from '../resources/conditions.ts';
import { isMarked } from './names.ts';
import {
  type AccessTurn,
  type Finding,
  type Grant,
  grantOf,
  moved,
  type Status,
  save,
  secondsSince,
} from './turn.ts';
import { accountNamed, claimNamed } from './whose-account.ts';

/** Until it is tried again to take down what could not be. */
const patientSeconds = 30;

/** Begins to take down what was made: for good. */
export async function withdraw(turn: AccessTurn, finding: Finding): Promise<Reconciled> {
  const { metadata } = turn.access;
  const grant = { ...grantOf(turn), withdrawnSince: turn.now().toISOString() };
  // One that is to go has not failed.
  const state = metadata.deletionTimestamp ? 'InProgress' : 'Failed';
  await save(turn, moved(turn, state, finding, { grant }));
  return again(0);
}

/** Takes down what was made. All that has to be known for it is in the grant. */
export async function cleanUp(turn: AccessTurn, since: string): Promise<Reconciled> {
  const { account: name, accountID } = grantOf(turn);
  const account = await accountNamed(turn.store, name);
  if (account?.spec.awsAccountID !== accountID) {
    const message = `Account ${name} is gone, and nobody else may enter its AWS account: make it again, with its awsAccountID`;
    return obstructed(turn, { reason: 'AccountMissing', message });
  }
  try {
    return (await isUnreachable(turn, account))
      ? await end(turn, account)
      : await takeDown(turn, account, since);
  } catch (error) {
    if (error instanceof NoWayInError) return obstructed(turn, error.finding);
    if (error instanceof ForbiddenAccountError) {
      return obstructed(turn, { reason: 'ForbiddenAccount', message: error.message });
    }
    if (!(error instanceof AwsCallError) || error.action.startsWith('dynamodb:')) throw error;
    return obstructed(turn, { reason: error.code, message: error.message });
  }
}

/** Nobody can enter a closed account any more, nor does anything in it live on. */
async function isUnreachable({ aws }: AccessTurn, account: Account): Promise<boolean> {
  if (account.spec.byoc || account.spec.manualSTSMode) return false;
  const known = await aws.organization.account(account.spec.awsAccountID);
  return known !== undefined && isClosed(known.state);
}

async function takeDown(turn: AccessTurn, account: Account, since: string): Promise<Reconciled> {
  const { settings } = turn;
  const member = await enterAccount({ ...turn, account });
  const left = (await deleteRole(turn, member)) + (await deletePolicy(turn, member));
  if (left > 0) return again(settings.retrySeconds);
  // What was made right before may be seen only now.
  const rest = settings.settleSeconds - secondsSince(turn, since);
  return rest > 0 ? again(Math.ceil(rest)) : end(turn, account);
}

async function deleteRole({ access, ...turn }: AccessTurn, { roles }: MemberAccount): Promise<number> {
  const { roleName } = grantOf({ access, ...turn });
  const role = await roles.get(roleName);
  if (!role || !isMarked(access, role.tags)) return 0;
  for (const arn of await roles.policies(roleName)) await roles.detachPolicy(roleName, arn);
  await roles.delete(roleName);
  return 1;
}

async function deletePolicy({ access, ...turn }: AccessTurn, { policies }: MemberAccount): Promise<number> {
  const { policyARN } = grantOf({ access, ...turn });
  const policy = policyARN ? await policies.get(policyARN) : undefined;
  if (!policy || !isMarked(access, policy.tags)) return 0;
  await policies.delete(policy.arn);
  return 1;
}

/** A step that lets go of a resource, if it is kept by this access. */
function letGo(finalizer: string, resource: Resource | undefined): Step[] {
  return resource?.metadata.finalizers.includes(finalizer)
    ? [{ do: 'removeFinalizer', resource, finalizer }]
    : [];
}

/** One transaction: nothing is left, and account and claim may go on. */
async function end(turn: AccessTurn, account: Account): Promise<Reconciled> {
  const { store, access, now } = turn;
  const grant: Grant = { ...grantOf(turn), endedAt: now().toISOString() };
  const finalizer = accessFinalizer(access.metadata);
  const claim = await claimNamed(store, grant.claim);
  const status = { ...told(turn, 'False', { reason: 'Done', message: 'role and policies are gone' }), grant };
  await store.transact([
    ...letGo(finalizer, account),
    ...letGo(finalizer, claim),
    { do: 'updateStatus', resource: { ...access, status } },
  ]);
  return again(0);
}

/** The status with what is in the way of taking it down, or is not any more. */
function told({ access, now }: AccessTurn, status: 'True' | 'False', finding: Finding): Status {
  const before = access.status as Status;
  const isNew = !before.conditions.some(({ type }) => type === 'CleanUpFailed');
  if (status === 'False' && isNew) return before;
  const conditions = withProbedCondition(
    before.conditions,
    { type: 'CleanUpFailed', status, ...finding },
    now(),
  );
  return { ...before, conditions };
}

/** Notes what is in the way, once, and comes again: account and claim stay as long as that. */
async function obstructed(turn: AccessTurn, finding: Finding): Promise<Reconciled> {
  const isKnown = turn.access.status?.conditions.some(
    ({ type, status, message }) =>
      type === 'CleanUpFailed' && status === 'True' && message === finding.message,
  );
  if (!isKnown) await save(turn, told(turn, 'True', finding));
  return again(isKnown ? patientSeconds : turn.settings.retrySeconds);
}
