import { AwsCallError } from '../../shared/aws/aws-call-error.ts';
import { again, type Reconciled } from '../../shared/reconcile/reconcile.ts';
import type { AccountStatus } from '../resources/account.ts';
import { caseSubjectOf } from './names.ts';
import { becomeReady } from './serve-account.ts';
import { moved } from './states.ts';
import { save, secondsSince, statusOf, type Turn } from './turn.ts';

type Asked = NonNullable<AccountStatus['supportCase']>;

/** PendingVerification: opens one support case, and waits until AWS has resolved it. */
export async function verifyAccount(turn: Turn): Promise<Reconciled> {
  const { supportCaseID, supportCase } = statusOf(turn);
  if (supportCaseID) return check(turn, supportCaseID);
  return supportCase?.askedAt ? recover(turn, supportCase, supportCase.askedAt) : open(turn);
}

async function check(turn: Turn, id: string): Promise<Reconciled> {
  const known = await turn.aws.cases.get(id);
  // It can rest in other states for days; only this one counts.
  if (known?.status !== 'resolved') return again(turn.settings.intervalBetweenChecksSecs);
  return becomeReady(turn, moved(turn, 'Ready', 'The account is ready to be claimed'));
}

async function opened(turn: Turn, supportCaseID: string): Promise<Reconciled> {
  await save(turn, { ...statusOf(turn), supportCaseID });
  return again(turn.settings.intervalAfterCaseCreationSecs);
}

/** Finds the case that may have been opened before an answer got lost. */
async function recover(turn: Turn, asked: Asked, askedAt: string): Promise<Reconciled> {
  const found = await turn.aws.cases.findBySubject(asked.subject, new Date(asked.firstAskedAt));
  if (found) return opened(turn, found.id);
  const hasSettled = secondsSince(turn, askedAt) >= turn.settings.settleSeconds;
  return hasSettled ? open(turn) : again(turn.settings.intervalAfterCaseCreationSecs);
}

function bodyOf({ account, settings }: Turn): string {
  const { caseDesiredInstanceLimit, desiredInstanceType, coveredRegions } = settings;
  return [
    `Please give account ${account.spec.awsAccountID} Enterprise Support, and a limit of ${caseDesiredInstanceLimit}`,
    `instances of type ${desiredInstanceType} in each of these regions: ${coveredRegions.join(', ')}.`,
    `It is known to us as ${account.metadata.name}.`,
  ].join('\n');
}

async function open(turn: Turn): Promise<Reconciled> {
  const { aws, account, settings } = turn;
  const status = statusOf(turn);
  const askedAt = turn.now().toISOString();
  const subject = caseSubjectOf(account);
  const supportCase = { subject, firstAskedAt: status.supportCase?.firstAskedAt ?? askedAt, askedAt };
  await save(turn, { ...status, supportCase });
  const opening = aws.cases.open({ subject, body: bodyOf(turn), ...settings.supportCase });
  const answer = await opening.catch(notTaken);
  if (answer.outcome === 'opened') return opened(turn, answer.id);
  await forget(turn);
  if (answer.outcome === 'limit') return again(settings.caseRetrySeconds);
  if (answer.error.failure === 'throttled') return again(settings.intervalAfterCaseCreationSecs);
  throw answer.error;
}

/** A refusal after which nothing was done. @throws the error when nobody knows */
function notTaken(error: unknown): { outcome: 'refused'; error: AwsCallError } {
  if (error instanceof AwsCallError && error.failure !== 'unavailable') return { outcome: 'refused', error };
  throw error;
}

/** No case was opened: the next look opens one at once. */
async function forget(turn: Turn): Promise<void> {
  const { supportCase, ...status } = statusOf(turn);
  if (!supportCase) return;
  const { subject, firstAskedAt } = supportCase;
  await save(turn, { ...status, supportCase: { subject, firstAskedAt } });
}
