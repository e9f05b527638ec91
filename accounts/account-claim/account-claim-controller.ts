import { again, type Controller, type Reconciled } from '../../shared/reconcile/reconcile.ts';
import {
  type AccountClaim,
  type AccountClaimSpec,
  type AccountClaimStatus,
  accountClaimKind,
} from '../resources/account-claim.ts';
import { awsFinalizer } from '../resources/api.ts';
import { claimContradictions } from '../resources/claim-contradictions.ts';
import { bringAccount } from './bring-account.ts';
import { pendingStatus, stopClaim } from './claim-states.ts';
import { type ClaimDependencies, type ClaimTurn, isBrought } from './claim-turn.ts';
import { fulfilClaim } from './fulfil-claim.ts';
import { releaseClaim } from './release-claim.ts';
import { takeAccount } from './take-account.ts';

/** Gives a claim its account and the credentials of it, and takes them back when the claim is deleted. */
export const accountClaimController = (
  dependencies: ClaimDependencies,
): Controller<AccountClaimSpec, AccountClaimStatus> => ({
  kind: accountClaimKind.kind,
  reconcile: (claim, { now, remainingMs }) => reconcile({ ...dependencies, claim, now, remainingMs }),
});

async function reconcile(turn: ClaimTurn): Promise<Reconciled> {
  const { claim } = turn;
  if (claim.metadata.deletionTimestamp) return releaseClaim(turn);
  const [contradiction] = claimContradictions(claim);
  if (contradiction) return stopClaim(turn, { type: 'InvalidAccountClaim', ...contradiction });
  if (!isBegun(claim)) return begin(turn);
  if (claim.spec.accountLink) return fulfilClaim(turn);
  return isBrought(claim) ? bringAccount(turn) : takeAccount(turn);
}

const isBegun = ({ metadata, status }: AccountClaim): boolean =>
  metadata.finalizers.includes(awsFinalizer) && status !== undefined;

/** The finalizer is there before anything that it stands for, and the state with it, in one write. */
async function begin(turn: ClaimTurn): Promise<Reconciled> {
  const { store, claim } = turn;
  const finalizers = [...new Set([...claim.metadata.finalizers, awsFinalizer])];
  const resource = {
    ...claim,
    metadata: { ...claim.metadata, finalizers },
    status: claim.status ?? pendingStatus(turn),
  };
  await store.transact([{ do: 'replace', resource }]);
  return again(0);
}
