import { AwsCallError } from '../../shared/aws/aws-call-error.ts';
import { again, done, type Reconciled } from '../../shared/reconcile/reconcile.ts';
import type { MemberAccount } from '../aws/member-accounts.ts';
import { type AccountSecret, accountSecretName } from '../aws/secrets.ts';
import { awsFinalizer } from '../resources/api.ts';
import { deleteCustomerRole, deleteUsers } from './clean-up-iam.ts';
import { createAccount } from './create-account.ts';
import { endInstances, regionsInUse } from './end-instances.ts';
import { fail, hindered, troubleOf } from './states.ts';
import { save, secondsSince, statusOf, type Turn } from './turn.ts';
import { enterAccount, isRefusal, NoWayInError } from './way-in.ts';

/** Undoes what was made for an account, and lets it go. The AWS account itself stays, as AWS has it. */
export async function deleteAccount(turn: Turn): Promise<Reconciled> {
  const { metadata, spec, status } = turn.account;
  if (!metadata.finalizers.includes(awsFinalizer)) return done;
  if (!spec.awsAccountID && status?.creation?.askedAt) return endRequest(turn);
  if (await isUntouched(turn)) return letGo(turn);
  if (!status?.deletion) return begin(turn);
  try {
    return await cleanUp(turn, status.deletion.since);
  } catch (error) {
    return obstructed(turn, error);
  }
}

/**
 * Whether there is nothing to undo in the account, or nobody can any more. In one that was never entered nothing was made:
 * it may be somebody else's, or one that nobody may enter.
 */
async function isUntouched(turn: Turn): Promise<boolean> {
  const { manualSTSMode, awsAccountID } = turn.account.spec;
  return manualSTSMode === true || !awsAccountID || !statusOf(turn).accessKeys || isClosed(turn);
}

async function obstructed(turn: Turn, error: unknown): Promise<Reconciled> {
  if (error instanceof NoWayInError) return hindered(turn, error.finding);
  if (!(error instanceof AwsCallError)) throw error;
  // The role by which it was entered has lost its rights, or is gone, and was the last of all.
  if (statusOf(turn).deletion?.leavingAt && error.failure === 'denied') return letGo(turn);
  return isRefusal(error) ? refused(turn, error) : hindered(turn, troubleOf(error));
}

/** What AWS makes of a request that is under way must be known before, or an account would be nobody's. */
async function endRequest(turn: Turn): Promise<Reconciled> {
  await createAccount(turn);
  return again(turn.settings.creationPollSeconds);
}

async function begin(turn: Turn): Promise<Reconciled> {
  await save(turn, { ...statusOf(turn), deletion: { since: turn.now().toISOString(), refusals: 0 } });
  return again(0);
}

/** Nobody can enter a closed account any more, nor does anything in it live on. */
async function isClosed({ aws, account }: Turn): Promise<boolean> {
  if (account.spec.byoc) return false;
  const known = await aws.organization.account(account.spec.awsAccountID);
  return known !== undefined && ['SUSPENDED', 'PENDING_CLOSURE', 'CLOSED'].includes(known.state);
}

async function cleanUp(turn: Turn, since: string): Promise<Reconciled> {
  const { settings } = turn;
  const member = await enterAccount(turn);
  const regions = regionsInUse(statusOf(turn).regions);
  const left = (await endInstances(turn, member, regions)) + (await deleteUsers(turn, member));
  // What was made right before may be seen only now.
  const rest = settings.settleSeconds - secondsSince(turn, since);
  if (left > 0) return again(settings.retrySeconds);
  return rest > 0 ? again(Math.ceil(rest)) : leave(turn, member);
}

/** The role in an account of a customer goes last, for it may be the only way in: nobody may come back afterwards. */
async function leave(turn: Turn, member: MemberAccount): Promise<Reconciled> {
  const status = statusOf(turn);
  if (turn.account.spec.byoc && status.deletion) {
    const deletion = { ...status.deletion, leavingAt: turn.now().toISOString() };
    if (!status.deletion.leavingAt) await save(turn, { ...status, deletion });
    await deleteCustomerRole(turn, member);
  }
  return letGo(turn);
}

/** Tries to enter, each half a minute later than the one before; then somebody has to look. */
const mostRefusals = 3;

async function refused(turn: Turn, error: AwsCallError): Promise<Reconciled> {
  const status = statusOf(turn);
  const { since = turn.now().toISOString(), refusals = 0 } = status.deletion ?? {};
  const deletion = { ...status.deletion, since, refusals: refusals + 1 };
  if (refusals < mostRefusals) {
    await save(turn, { ...status, deletion });
    return again(30 * deletion.refusals);
  }
  const message = `the account cannot be entered to clean it up: ${error.message}`;
  return fail(turn, { type: 'AccountClientError', reason: error.code, message }, { deletion });
}

const secrets: readonly AccountSecret[] = ['console', 'cli', 'sre', 'admin'];

async function letGo({ store, aws, account }: Turn): Promise<Reconciled> {
  if (account.spec.awsAccountID && !account.spec.manualSTSMode) {
    for (const secret of secrets) await aws.secrets.delete(accountSecretName(account.metadata, secret));
  }
  await store.removeFinalizer(account, awsFinalizer);
  return done;
}
