import { again, done, type Reconciled } from '../../shared/reconcile/reconcile.ts';
import { whyFailed } from '../account/states.ts';
import type { Account } from '../resources/account.ts';
import { type ClaimFinding, claimStatus, pendingStatus, stopClaim, tellClaim } from './claim-states.ts';
import { accountNamed, type ClaimTurn, isBrought, isHeldBy } from './claim-turn.ts';
import { giveCredentials } from './give-credentials.ts';

/** The claim has an account: waits until that is ready, and puts its credentials where the claim wants them. */
export async function fulfilClaim(turn: ClaimTurn): Promise<Reconciled> {
  const { claim, settings } = turn;
  const { accountLink } = claim.spec;
  const account = await accountNamed(turn, accountLink);
  if (!account || !isHeldBy(account, claim)) {
    const message = `${accountLink} is not the account of this claim any more: delete the claim, and make another`;
    return stopClaim(turn, { ...failureOf(turn), reason: 'AccountGone', message });
  }
  const state = account.status?.state ?? '';
  if (state === 'Failed')
    return stopClaim(turn, { ...failureOf(turn), message: whyFailed(account.status ?? {}) });
  if (state === 'Ready') return provide(turn, account);
  if (claim.status?.state === 'Error') await tellClaim(turn, pendingStatus(turn));
  return again(settings.accountPollSeconds);
}

/** The condition of a claim whose account does not become what it should. */
function failureOf({ claim }: ClaimTurn): Pick<ClaimFinding, 'type' | 'reason'> {
  const type = isBrought(claim) ? 'CCSAccountClaimFailed' : 'AccountClaimFailed';
  return { type, reason: type };
}

async function provide(turn: ClaimTurn, account: Account): Promise<Reconciled> {
  if (turn.claim.status?.state === 'Error') await tellClaim(turn, pendingStatus(turn));
  const { manualSTSMode, byoc, accountLink } = turn.claim.spec;
  const given = manualSTSMode ? { outcome: 'given' as const } : await giveCredentials(turn, account);
  if (given.outcome === 'later') return again(turn.settings.retrySeconds);
  if (given.outcome === 'refused') return stopClaim(turn, given.finding);
  const message =
    byoc || manualSTSMode ? `BYOC account ${accountLink} is ready` : `Account claimed by ${accountLink}`;
  const claimed = { type: 'Claimed', reason: 'AccountClaimed', message } as const;
  const { outcome: _, ...changes } = given;
  await tellClaim(turn, claimStatus(turn, 'Ready', claimed, changes));
  return done;
}
