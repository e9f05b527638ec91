import { again, type Reconciled } from '../../shared/reconcile/reconcile.ts';
import type { AccountStatus } from '../resources/account.ts';
import { holdingOf, holdingStep } from './account-ids.ts';
import { fail, moved } from './states.ts';
import { statusOf, type Turn, timeIn } from './turn.ts';

/**
 * Makes an AWS account this Account's, and goes on to set it up: the id, the record that nobody else has it and the
 * state are one write.
 */
export async function takeAccount(
  turn: Turn,
  accountId: string,
  changes: Partial<AccountStatus> = {},
): Promise<Reconciled> {
  const { store, account, settings } = turn;
  const holding = await holdingOf(store, account, accountId);
  if (holding.held === 'leaving') return again(settings.retrySeconds);
  if (holding.held === 'by another') return heldByAnother(turn, accountId, holding.name);
  const status = moved(turn, 'Creating', 'Makes the IAM users and their keys', {
    ...changes,
    deadline: timeIn(turn, settings.createPendSeconds),
  });
  const resource = { ...account, spec: { ...account.spec, awsAccountID: accountId }, status };
  const written = await store.transact([
    { do: 'replace', resource },
    ...(holding.held === 'by nobody' ? [holdingStep(account, accountId)] : []),
  ]);
  // Somebody else was quicker: the next look will see who.
  return again(written.outcome === 'done' ? 0 : settings.retrySeconds);
}

/** Its request is of no more interest. */
function withoutRequest(turn: Turn): Partial<AccountStatus> {
  const { creation } = statusOf(turn);
  return creation ? { creation: { email: creation.email, firstAskedAt: creation.firstAskedAt } } : {};
}

const heldByAnother = (turn: Turn, accountId: string, name: string): Promise<Reconciled> =>
  fail(
    turn,
    {
      type: 'AccountClientError',
      reason: 'AccountOfAnother',
      message: `AWS account ${accountId} belongs to Account ${name}. Delete this one`,
    },
    withoutRequest(turn),
  );
