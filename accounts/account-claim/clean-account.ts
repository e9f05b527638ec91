import { isDeepStrictEqual } from 'node:util';
import { AwsCallError } from '../../shared/aws/aws-call-error.ts';
import { again, done, type Reconciled } from '../../shared/reconcile/reconcile.ts';
import { deleteKeys, giveKeys } from '../account/access-keys.ts';
import { ensureUser } from '../account/administrators.ts';
import { proveAdminKey } from '../account/credentials.ts';
import { userNameOf, userRoles } from '../account/names.ts';
import { ended, type Finding, found, hindered, moved, troubleOf } from '../account/states.ts';
import { save, secondsSince, statusOf, type Turn } from '../account/turn.ts';
import { enterAccount, NoWayInError } from '../account/way-in.ts';
import { ForbiddenAccountError } from '../aws/account-guards.ts';
import type { MemberAccount } from '../aws/member-accounts.ts';
import { cleanUpFailed } from '../counts/standing.ts';
import type { Account, AccountStatus } from '../resources/account.ts';
import { awsFinalizer } from '../resources/api.ts';
import { type ClaimTurn, isHeldBy, turnOf } from './claim-turn.ts';
import { type CleaningResult, isAllClean, lookEverywhere } from './look-everywhere.ts';

type Cleaning = NonNullable<AccountStatus['cleaning']>;

/**
 * Takes an account out of use before anything in it is touched. What is written says for which claim; the state and the
 * fence are one write, which is refused when anybody has written the account since it was read.
 */
export async function beginCleaning(turn: ClaimTurn, account: Account): Promise<Reconciled> {
  const inside = turnOf(turn, account);
  const since = turn.now().toISOString();
  const formerKeyID = statusOf(inside).accessKeys?.admin?.id;
  const { namespace, name, uid } = turn.claim.metadata;
  const cleaning: Cleaning = {
    claimUID: uid,
    since,
    ...(formerKeyID && { formerKeyID }),
    results: [],
  };
  const message = `Takes away what ${namespace}/${name} has left`;
  await save(inside, moved(inside, 'Cleaning', message, { cleaning, accessKeys: {} }));
  return again(0);
}

/** The clean-up that this claim has begun. @throws Error for any other: nothing is done for it */
function cleaningOf({ claim }: ClaimTurn, account: Account): Cleaning {
  const { cleaning } = account.status ?? {};
  if (cleaning?.claimUID === claim.metadata.uid && isHeldBy(account, claim)) return cleaning;
  throw new Error(
    `${account.metadata.name} is not cleaned for ${claim.metadata.name}, which does not have it`,
  );
}

/**
 * One look at an account that is being cleaned. First of all the keys of its users go, so that nobody makes anything any
 * more; then whatever is found, until a look that began late enough finds nothing anywhere. Only then it gets new keys, and
 * may be had again.
 */
export async function cleanAccount(turn: ClaimTurn, account: Account): Promise<Reconciled> {
  const cleaning = cleaningOf(turn, account);
  const inside = turnOf(turn, account);
  try {
    const member = await enterAccount(inside);
    if (!isAllClean(cleaning.results)) return await lookAgain(turn, inside, member, cleaning);
    return await renew(turn, inside, member);
  } catch (error) {
    return await later(turn, inside, obstacleIn(error));
  }
}

/** What is in the way, in the words of a condition. @throws the error when it is none that is to be expected */
function obstacleIn(error: unknown): Finding {
  if (error instanceof NoWayInError) return error.finding;
  if (error instanceof AwsCallError) return troubleOf(error);
  if (!(error instanceof ForbiddenAccountError)) throw error;
  return { type: 'AccountClientError', reason: 'ForbiddenAccount', message: error.message };
}

/** Nothing can be done right now. */
async function later(turn: ClaimTurn, inside: Turn, finding: Finding): Promise<Reconciled> {
  const { settings } = turn;
  const { since = '' } = statusOf(inside).cleaning ?? {};
  const isLate = secondsSince(inside, since) > settings.cleaningPatienceSeconds;
  await hindered(inside, isLate ? notCleaned(finding.message) : finding);
  return again(settings.cleaningRetrySeconds);
}

const notCleaned = (why: string): Finding => ({
  type: 'Failed',
  reason: cleanUpFailed,
  message: `What a claim has left cannot be taken away; it is tried again and again: ${why}`,
});

/** Deletes the keys of the users, as far as they are seen. @returns how many there were */
async function endKeys(inside: Turn, member: MemberAccount): Promise<number> {
  let count = 0;
  for (const role of userRoles) {
    const isThere = await member.users.get(userNameOf(inside.account, inside.settings, role));
    if (isThere) count += await deleteKeys(inside, member, role);
  }
  return count;
}

/**
 * A key that is deleted works here and there for a while, and what was made with it is seen a while later. So time counts
 * from a look that finds no key any more: a crash may have kept it from being written down when the last one went.
 */
async function lookAgain(
  turn: ClaimTurn,
  inside: Turn,
  member: MemberAccount,
  { quietSince: before, ...cleaning }: Cleaning,
): Promise<Reconciled> {
  const { now, remainingMs } = turn;
  const hasKeys = (await endKeys(inside, member)) > 0;
  const quietSince = hasKeys ? undefined : (before ?? now().toISOString());
  const wait = untilSettled(inside, quietSince);
  const results = await lookEverywhere(member, {
    before: hasKeys ? [] : cleaning.results,
    isSettled: wait <= 0,
    mayGoOn: () => remainingMs() > reserveMs,
  });
  await note(turn, inside, { ...cleaning, ...(quietSince && { quietSince }), results });
  return again(untilNext(turn, results, wait));
}

/** Milliseconds that are left for what comes after the taking away. */
const reserveMs = 30_000;

/** Seconds until everything is seen that was ever made; 0 or less when it is. */
const untilSettled = (inside: Turn, quietSince: string | undefined): number =>
  inside.settings.settleSeconds - (quietSince ? secondsSince(inside, quietSince) : 0);

function untilNext({ settings }: ClaimTurn, results: readonly CleaningResult[], wait: number): number {
  if (isAllClean(results)) return 0;
  if (results.some(({ message }) => message)) return settings.cleaningRetrySeconds;
  const isMore = results.some(({ found }) => found > 0);
  return isMore ? settings.cleaningPollSeconds : Math.max(settings.cleaningPollSeconds, Math.ceil(wait));
}

/** Writes down what came of a look. A clean-up that does not come to its end is told. */
async function note({ settings, now }: ClaimTurn, inside: Turn, cleaning: Cleaning): Promise<void> {
  const before = statusOf(inside);
  const isLate = secondsSince(inside, cleaning.since) > settings.cleaningPatienceSeconds;
  const obstacles = cleaning.results.filter(({ message }) => message);
  const why = obstacles.map(({ cleaner, region, message }) =>
    [cleaner, region && `in ${region}`, message].filter(Boolean).join(' '),
  );
  const status: AccountStatus = { ...before, cleaning };
  if (isLate && obstacles.length > 0) {
    status.conditions = found(before.conditions, notCleaned(why.join('; ')), now());
  }
  if (!isDeepStrictEqual(status, before)) await save(inside, status);
}

/** Nothing is left: the users get new keys, then the account is the customer's to claim again. */
async function renew(turn: ClaimTurn, inside: Turn, member: MemberAccount): Promise<Reconciled> {
  // Whoever had the account was its administrator, and may have changed them.
  for (const role of userRoles) await ensureUser(inside, member, role);
  const waiting = await giveKeys(inside, member);
  if (waiting) return waiting;
  await proveAdminKey(inside);
  return giveBack(turn, inside);
}

/** The account is Ready again and the claim is gone: one transaction, or the claim would clean up after another one. */
async function giveBack({ store, claim, now }: ClaimTurn, inside: Turn): Promise<Reconciled> {
  const { claimLinkUID: _, claimLinkNamespace: __, ...spec } = inside.account.spec;
  const message = `${inside.account.metadata.name} was cleaned, and has new keys`;
  const { cleaning: ___, ...status } = moved(inside, 'Ready', 'The account is ready to be claimed', {
    claimed: false,
    reused: true,
    rotateCredentials: true,
    rotateConsoleCredentials: true,
  });
  const reused = found(status.conditions, { type: 'Reused', reason: 'Ready', message }, now());
  const conditions = ended(reused, ['Claimed'], now());
  const legalEntity = spec.legalEntity ?? claim.spec.legalEntity;
  const account = {
    ...inside.account,
    spec: { ...spec, legalEntity, claimLink: '', claimLinkNamespace: '' },
    status: { ...status, ...(conditions && { conditions }) },
  };
  await store.transact([
    { do: 'replace', resource: account },
    { do: 'removeFinalizer', resource: claim, finalizer: awsFinalizer },
  ]);
  return done;
}
