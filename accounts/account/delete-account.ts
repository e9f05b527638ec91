import { AwsCallError } from '../../shared/aws/aws-call-error.ts';
import { again, done, type Reconciled } from '../../shared/reconcile/reconcile.ts';
import { type AccountSecret, accountSecretName } from '../aws/secrets.ts';
import { awsFinalizer } from '../resources/api.ts';
import { holdingOf } from './account-ids.ts';
import { cleanUpIam } from './clean-up-iam.ts';
import { createAccount } from './create-account.ts';
import { endInstances } from './end-instances.ts';
import { fail, hindered } from './states.ts';
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

/** Whether there is nothing to undo in the account, or nobody can any more. */
async function isUntouched(turn: Turn): Promise<boolean> {
  const { store, account } = turn;
  const { manualSTSMode, awsAccountID } = account.spec;
  if (manualSTSMode || !awsAccountID) return true;
  // One that is named and was not taken yet, or is another one's, has never been entered.
  const { held } = await holdingOf(store, account, awsAccountID);
  return held !== 'by this one' || isClosed(turn);
}

async function obstructed(turn: Turn, error: unknown): Promise<Reconciled> {
  if (error instanceof NoWayInError) return hindered(turn, error.finding);
  if (!(error instanceof AwsCallError)) throw error;
  return isRefusal(error) ? refused(turn, error) : again(turn.settings.retrySeconds);
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
  const covered = statusOf(turn).regions ?? [];
  const open = covered.filter(({ state }) => state !== 'Done').map(({ name }) => name);
  const left = (await endInstances(turn, member, open)) + (await cleanUpIam(turn, member));
  // What was made right before may be seen only now.
  const rest = settings.settleSeconds - secondsSince(turn, since);
  if (left > 0) return again(settings.retrySeconds);
  return rest > 0 ? again(Math.ceil(rest)) : letGo(turn);
}

/** Tries to enter, each half a minute later than the one before; then somebody has to look. */
const mostRefusals = 3;

async function refused(turn: Turn, error: AwsCallError): Promise<Reconciled> {
  const status = statusOf(turn);
  const { since = turn.now().toISOString(), refusals = 0 } = status.deletion ?? {};
  const deletion = { since, refusals: refusals + 1 };
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
