import { AwsCallError } from '../../shared/aws/aws-call-error.ts';
import { again, type Reconciled } from '../../shared/reconcile/reconcile.ts';
import { mayPass } from '../aws/may-pass.ts';
import type { MemberAccount } from '../aws/member-accounts.ts';
import { accountSecretName } from '../aws/secrets.ts';
import { giveKeys } from './access-keys.ts';
import { ensureCustomerRole, ensureUser } from './administrators.ts';
import { makeCliCredentials, makeConsoleUrl, proveAdminKey } from './credentials.ts';
import { userRoles } from './names.ts';
import { regionsToCover } from './regions-to-cover.ts';
import { fail, hindered, moved, troubleOf } from './states.ts';
import { isPast, save, statusOf, type Turn, timeIn } from './turn.ts';
import { enterAccount, NoWayInError } from './way-in.ts';

/** Creating: makes the IAM users, their keys and what is made of those. */
export async function setUpAccount(turn: Turn): Promise<Reconciled> {
  if (isPast(turn, statusOf(turn).deadline)) return tooLate(turn);
  try {
    const member = await enterAccount(turn);
    return await (turn.account.spec.manualSTSMode ? goOn(turn) : furnish(turn, member));
  } catch (error) {
    if (error instanceof NoWayInError) return hindered(turn, error.finding);
    if (!(error instanceof AwsCallError)) throw error;
    const trouble = troubleOf(error);
    return mayPass(error) ? hindered(turn, trouble) : fail(turn, trouble);
  }
}

function tooLate(turn: Turn): Promise<Reconciled> {
  const { conditions = [] } = statusOf(turn);
  const obstacle = conditions.findLast(
    ({ type, status }) => status === 'True' && type !== 'Creating' && type !== 'Claimed',
  );
  const minutes = Math.round(turn.settings.createPendSeconds / 60);
  const message = `the account was not set up within ${minutes} minutes${obstacle?.message ? `: ${obstacle.message}` : ''}`;
  return fail(turn, { type: 'AccountCreationFailed', reason: 'CreationTimeout', message });
}

/** Each step looks first, and returns what is to come when the next one has to wait. */
async function furnish(turn: Turn, member: MemberAccount): Promise<Reconciled> {
  const status = statusOf(turn);
  // Until this is written, there is nothing in the account that a deletion has to undo.
  if (!status.accessKeys) await save(turn, { ...status, accessKeys: {} });
  if (turn.account.spec.byoc) await ensureCustomerRole(turn, member);
  for (const role of userRoles) await ensureUser(turn, member, role);
  const waiting = await giveKeys(turn, member);
  if (waiting) return waiting;
  await proveAdminKey(turn);
  const expiry = { ...(await makeCliCredentials(turn, member)), ...(await makeConsoleUrl(turn)) };
  return goOn(turn, expiry);
}

/** The name of the secret and the state are one write. */
async function goOn(turn: Turn, changes: Partial<NonNullable<Turn['account']['status']>> = {}) {
  const { account, settings, store } = turn;
  const names = await regionsToCover(turn);
  const before = statusOf(turn).regions ?? [];
  const regions = names.map((name) => {
    const known = before.find((one) => one.name === name);
    return known?.state === 'Done'
      ? known
      : { name, state: 'Starting' as const, attempt: (known?.attempt ?? 0) + 1 };
  });
  const status = moved(turn, 'InitializingRegions', 'Starts and ends an instance in each region', {
    ...changes,
    regions,
    deadline: timeIn(turn, settings.regionInitSeconds),
  });
  const { namespace, name } = account.metadata;
  const secret = accountSecretName({ namespace, name }, 'admin').slice(`${namespace}/`.length);
  const iamUserSecret = account.spec.manualSTSMode ? '' : secret;
  await store.transact([
    { do: 'replace', resource: { ...account, spec: { ...account.spec, iamUserSecret }, status } },
  ]);
  return again(0);
}
