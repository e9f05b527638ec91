import { AwsCallError } from '../../shared/aws/aws-call-error.ts';
import { again, type Reconciled } from '../../shared/reconcile/reconcile.ts';
import type { AccountRequest, Creation } from '../aws/organization.ts';
import type { AccountStatus } from '../resources/account.ts';
import { emailOf } from './names.ts';
import { type Finding, fail, moved } from './states.ts';
import { takeAccount } from './take-account.ts';
import { save, secondsSince, statusOf, type Turn } from './turn.ts';

type Asked = NonNullable<AccountStatus['creation']>;

/**
 * Brings an account without an AWS account to one: asks for it, follows the request, and finds out what became of a
 * request of which nothing is known. What is asked for is written down before.
 */
export async function createAccount(turn: Turn): Promise<Reconciled> {
  const { creation } = statusOf(turn);
  if (creation?.requestID) return follow(turn, creation, creation.requestID);
  return creation?.askedAt ? recover(turn, creation) : ask(turn);
}

const requestOf = ({ account }: Turn, { email }: Asked): AccountRequest => ({
  name: account.metadata.name,
  email,
});

const hasSettled = (turn: Turn, { askedAt = '' }: Asked): boolean =>
  secondsSince(turn, askedAt) >= turn.settings.settleSeconds;

/** What is kept of a request after which nothing was made. */
const inVain = ({ email, firstAskedAt }: Asked): Asked => ({ email, firstAskedAt });

const saveAsked = (turn: Turn, creation: Asked): Promise<void> => save(turn, { ...statusOf(turn), creation });

async function ask(turn: Turn): Promise<Reconciled> {
  const { emailId, emailDomain, limitRetrySeconds } = turn.settings;
  if (!emailDomain) return wait(turn, noDomain, limitRetrySeconds);
  const permission = await turn.mayCreate(turn.account);
  if (!permission.allowed) return waitForRoom(turn, permission.why, permission.afterSeconds);
  const { creation: before } = statusOf(turn);
  const askedAt = turn.now().toISOString();
  // One of which nothing is known may have been made with the address of then.
  const email = before?.askedAt ? before.email : emailOf(turn.account, emailId, emailDomain);
  const asked = { email, firstAskedAt: before?.firstAskedAt ?? askedAt, askedAt };
  await saveAsked(turn, asked);
  const asking = turn.aws.organization.createAccount(requestOf(turn, asked));
  const start = await asking.catch(notTaken);
  if (start.outcome === 'requested') return concluded(turn, asked, start.creation);
  if (start.outcome === 'error') return refused(turn, asked, start.error);
  await saveAsked(turn, inVain(asked));
  return start.outcome === 'limit' ? waitForRoom(turn, start.said, limitRetrySeconds) : later(turn);
}

function notTaken(error: unknown): { outcome: 'error'; error: AwsCallError } {
  if (error instanceof AwsCallError) return { outcome: 'error', error };
  throw error;
}

/** AWS did not take the request, or nobody knows whether it did. */
async function refused(turn: Turn, asked: Asked, error: AwsCallError): Promise<Reconciled> {
  const { failure, code, message } = error;
  if (failure === 'unavailable') return later(turn);
  if (['throttled', 'concurrent-change', 'unauthenticated'].includes(failure)) {
    await saveAsked(turn, inVain(asked));
    return later(turn);
  }
  return fail(
    turn,
    { type: 'AccountCreationFailed', reason: code, message: `AWS does not make the account: ${message}` },
    { creation: inVain(asked) },
  );
}

const later = ({ settings }: Turn): Reconciled => again(settings.creationRetrySeconds);

const noDomain = {
  reason: 'EmailDomainMissing',
  message: 'Waits until emailDomain is set: there is nowhere to write to',
};

/** Waits until the organization may have more accounts. */
const waitForRoom = (turn: Turn, why: string, seconds: number): Promise<Reconciled> =>
  wait(
    turn,
    { reason: 'AWSAccountLimitReached', message: `Waits for room in the organization: ${why}` },
    seconds,
  );

/** Writes down what the account waits for, when that is news. */
async function wait(
  turn: Turn,
  { reason, message }: Pick<Finding, 'reason' | 'message'>,
  seconds: number,
): Promise<Reconciled> {
  const { state, conditions } = statusOf(turn);
  const known = conditions?.find(({ type, status }) => type === 'Pending' && status === 'True');
  if (state !== 'Pending' || known?.message !== message) {
    await save(turn, moved(turn, 'Pending', message, { reason }));
  }
  return again(seconds);
}

async function follow(turn: Turn, asked: Asked, requestId: string): Promise<Reconciled> {
  const creation = await turn.aws.organization.creation(requestId);
  if (creation) return concluded(turn, asked, creation);
  return hasSettled(turn, asked) ? recover(turn, asked) : again(turn.settings.creationPollSeconds);
}

/** Finds out what became of a request whose answer is not known. */
async function recover(turn: Turn, asked: Asked): Promise<Reconciled> {
  const found = await turn.aws.organization.findCreation(requestOf(turn, asked));
  if (found?.state === 'taken') return takenBy(turn, asked, found.accountId);
  if (found?.state === 'succeeded') return takeIfOurs(turn, asked, found.accountId);
  if (found?.state === 'in-progress') return concluded(turn, asked, found);
  // What is shown of an earlier request says nothing of a later one that is not shown yet. Each look lists all accounts.
  if (!hasSettled(turn, asked)) return later(turn);
  if (found?.reason === 'EMAIL_ALREADY_EXISTS') return takenBy(turn, asked);
  // Nobody has heard of it: it never arrived.
  return turn.account.metadata.deletionTimestamp ? forget(turn, asked) : ask(turn);
}

async function forget(turn: Turn, asked: Asked): Promise<Reconciled> {
  await saveAsked(turn, inVain(asked));
  return again(0);
}

/** Takes on what a request has come to. */
async function concluded(turn: Turn, asked: Asked, creation: Creation): Promise<Reconciled> {
  if (creation.state === 'succeeded') return takeAccount(turn, creation.accountId);
  if (creation.state === 'failed') return notMade(turn, asked, creation.reason);
  if (asked.requestID !== creation.requestId) {
    await saveAsked(turn, { ...asked, requestID: creation.requestId });
  }
  return again(turn.settings.creationPollSeconds);
}

/** Reasons for which the same request may succeed later: https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateAccountStatus.html */
const passing = ['INTERNAL_FAILURE', 'CONCURRENT_ACCOUNT_MODIFICATION'];

async function notMade(turn: Turn, asked: Asked, reason: string): Promise<Reconciled> {
  // It may have been ourselves, in a request whose answer is lost.
  if (reason === 'EMAIL_ALREADY_EXISTS') return recover(turn, asked);
  if (passing.includes(reason)) {
    await saveAsked(turn, inVain(asked));
    return later(turn);
  }
  if (reason === 'ACCOUNT_LIMIT_EXCEEDED') {
    await saveAsked(turn, inVain(asked));
    return waitForRoom(turn, 'AWS makes no more accounts in it', turn.settings.limitRetrySeconds);
  }
  const message = `AWS could not make the account: ${reason}`;
  return fail(turn, { type: 'AccountCreationFailed', reason, message }, { creation: inVain(asked) });
}

/** Clocks differ, by less than this many milliseconds. */
const skewMs = 300_000;

/** Takes an account of our name and address, if it cannot be that of somebody who had both before. */
async function takeIfOurs(turn: Turn, asked: Asked, accountId: string): Promise<Reconciled> {
  const known = await turn.aws.organization.account(accountId);
  if (!known) return again(turn.settings.creationPollSeconds);
  const { name, email } = requestOf(turn, asked);
  const isNamed = known.name === name && known.email.toLowerCase() === email.toLowerCase();
  const madeAt = known.joinedAt?.getTime() ?? 0;
  const isOurs = isNamed && madeAt >= Date.parse(asked.firstAskedAt) - skewMs;
  return isOurs ? takeAccount(turn, accountId) : takenBy(turn, asked, accountId);
}

const takenBy = (turn: Turn, asked: Asked, accountId?: string): Promise<Reconciled> =>
  fail(
    turn,
    {
      type: 'AccountCreationFailed',
      reason: 'EMAIL_ALREADY_EXISTS',
      message: `the e-mail address ${asked.email} belongs to ${accountId ? `account ${accountId}` : 'an account elsewhere'}, which was not made for this one. Delete this Account and let another one be made`,
    },
    { creation: inVain(asked) },
  );
