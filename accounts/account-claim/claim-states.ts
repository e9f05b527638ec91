import { isDeepStrictEqual } from 'node:util';
import { failed, type Reconciled } from '../../shared/reconcile/reconcile.ts';
import {
  type AccountClaimState,
  type AccountClaimStatus,
  type accountClaimConditionTypes,
  accountClaimStates,
} from '../resources/account-claim.ts';
import { withProbedCondition } from '../resources/conditions.ts';
import { inState } from '../resources/state-table.ts';
import { type ClaimTurn, saveClaim } from './claim-turn.ts';

type ConditionType = keyof typeof accountClaimConditionTypes;
type Conditions = AccountClaimStatus['conditions'];

/** Something that is so, in the words of a condition. */
export interface ClaimFinding {
  type: ConditionType;
  reason: string;
  message: string;
}

/** A finding that has been so is so no more, once another one has taken its place. */
function ended(conditions: Conditions, except: ConditionType, now: Date): Conditions {
  const over = conditions.filter(({ type, status }) => status === 'True' && type !== except);
  return over.reduce<Conditions>(
    (all, { type, reason = type, message = '' }) =>
      withProbedCondition(all, { type, status: 'False', reason, message }, now),
    conditions,
  );
}

const isKnown = (conditions: Conditions, { type, reason, message }: ClaimFinding): boolean =>
  conditions.some(
    (one) => one.type === type && one.status === 'True' && one.reason === reason && one.message === message,
  );

/** The status in a state, of which one finding tells why; no other one is so any more. */
export function claimStatus(
  { claim, now }: ClaimTurn,
  state: Exclude<AccountClaimState, ''>,
  finding: ClaimFinding,
  changes: Partial<AccountClaimStatus> = {},
): AccountClaimStatus {
  const { conditions: before = [], ...rest } = claim.status ?? {};
  const others = ended(before, finding.type, now());
  // What was found before is not written again with every look.
  const conditions = isKnown(others, finding)
    ? others
    : withProbedCondition(others, { ...finding, status: 'True' }, now());
  return inState(accountClaimStates, claim.status, { ...rest, ...changes, state, conditions });
}

/** The claim waits for an account, in the seed's words. */
export const pendingStatus = (turn: ClaimTurn): AccountClaimStatus =>
  claimStatus(turn, 'Pending', {
    type: 'Unclaimed',
    reason: 'AccountClaimed',
    message: 'Attempting to claim account',
  });

/** Writes a status if it is news. */
export async function tellClaim(turn: ClaimTurn, status: AccountClaimStatus): Promise<void> {
  if (!isDeepStrictEqual(status, turn.claim.status)) await saveClaim(turn, status);
}

/** Stops the work on a claim until somebody has mended what is wrong. */
export async function stopClaim(turn: ClaimTurn, finding: ClaimFinding): Promise<Reconciled> {
  await tellClaim(turn, claimStatus(turn, 'Error', finding));
  return failed(finding.message);
}
