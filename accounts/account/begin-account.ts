import type { Reconciled } from '../../shared/reconcile/reconcile.ts';
import { createAccount } from './create-account.ts';
import { fail, found } from './states.ts';
import { takeAccount } from './take-account.ts';
import { statusOf, type Turn } from './turn.ts';
import { claimOf } from './way-in.ts';

/** No state, or Pending: has an account made, or takes the one that is named. */
export async function beginAccount(turn: Turn): Promise<Reconciled> {
  const { awsAccountID, byoc, manualSTSMode } = turn.account.spec;
  if (byoc || manualSTSMode) return beginCustomers(turn);
  return awsAccountID ? takeAccount(turn, awsAccountID) : createAccount(turn);
}

/** An account of a customer is made for a claim, and is claimed from the beginning. */
async function beginCustomers(turn: Turn): Promise<Reconciled> {
  const { awsAccountID, claimLink = '' } = turn.account.spec;
  if (!awsAccountID) {
    const message = "the customer's account has no awsAccountID: it cannot be made, only named";
    return fail(turn, { type: 'AccountCreationFailed', reason: 'ClaimMissingAccountID', message });
  }
  if (!(await claimOf(turn))) {
    const message = `the claim "${claimLink}", which the account is for, is not there`;
    return fail(turn, { type: 'AccountClientError', reason: 'FailedRetrievingAccountClaim', message });
  }
  const message = `${turn.account.metadata.name} is claimed by ${claimLink}`;
  const claimed = { type: 'Claimed', reason: 'Claimed', message } as const;
  const before = turn.account;
  const conditions = found(statusOf(turn).conditions, claimed, turn.now());
  turn.account = { ...before, status: { ...before.status, ...(conditions && { conditions }) } };
  return takeAccount(turn, awsAccountID, { claimed: true });
}
