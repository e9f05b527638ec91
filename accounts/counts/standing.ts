import type { Resource } from '../../shared/resources/resource.ts';
import { type Account, accountKind } from '../resources/account.ts';
import { type AccountClaim, accountClaimKind } from '../resources/account-claim.ts';
import {
  type AWSFederatedAccountAccess,
  federatedAccessKind,
} from '../resources/aws-federated-account-access.ts';

/** As what a resource is counted: in which tally, and under which word. */
export interface Standing {
  tally: string;
  word: string;
}

/** The tallies. */
export const tallies = {
  /** Accounts of a pool; `''` is that of those that name none. */
  pool: (name: string): string => (name ? `pool-${name}` : 'no-pool'),
  /** Accounts that customers have brought. */
  brought: 'brought',
  claims: 'claims',
  accesses: 'federated-accesses',
} as const;

/** Whether an account has a customer: now, before, or never had one. */
export type Holding = 'now' | 'before' | 'never';

function holdingOf({ spec, status }: Account): Holding {
  if (spec.claimLink || status?.claimed) return 'now';
  return spec.legalEntity?.id || status?.reused ? 'before' : 'never';
}

/** The stage of an account whose clean-up does not come to its end. */
export const cleanUpFailed = 'CleanUpFailed';

const hasFailedToClean = ({ status }: Account): boolean =>
  status?.state === 'Cleaning' &&
  (status.conditions?.some(({ reason, status: so }) => so === 'True' && reason === cleanUpFailed) ?? false);

/** The state of an account, `New` when it has none yet, `Deleting` when it is to go. */
function stageOf(account: Account): string {
  const { metadata, status } = account;
  if (metadata.deletionTimestamp) return 'Deleting';
  return hasFailedToClean(account) ? cleanUpFailed : status?.state || 'New';
}

/** A word such as `Ready.never`. */
export const wordFor = (stage: string, holding: Holding): string => `${stage}.${holding}`;

/** The parts of such a word. */
export function partsOf(word: string): { stage: string; holding: Holding } {
  const [stage = '', holding = 'never'] = word.split('.');
  return { stage, holding: holding as Holding };
}

/** As what a resource is counted; undefined for what is not there, or not counted. */
export function standingOf(resource: Resource | undefined): Standing | undefined {
  if (resource?.kind === accountKind.kind) {
    const account = resource as Account;
    const tally = account.spec.byoc ? tallies.brought : tallies.pool(account.spec.accountPool ?? '');
    return { tally, word: wordFor(stageOf(account), holdingOf(account)) };
  }
  if (resource?.kind === accountClaimKind.kind) {
    const { metadata, status } = resource as AccountClaim;
    const word = metadata.deletionTimestamp ? 'Deleting' : status?.state || 'Pending';
    return { tally: tallies.claims, word };
  }
  if (resource?.kind === federatedAccessKind.kind) {
    return { tally: tallies.accesses, word: wordOfAccess(resource as AWSFederatedAccountAccess) };
  }
  return undefined;
}

/** The state of an access; `Stuck` when it cannot be taken down, `Ended` when it has gone as it should with its claim. */
function wordOfAccess({ status }: AWSFederatedAccountAccess): string {
  const isSo = (type: string, reason?: string): boolean =>
    status?.conditions.some(
      (one) => one.type === type && one.status === 'True' && (!reason || one.reason === reason),
    ) ?? false;
  if (isSo('CleanUpFailed')) return 'Stuck';
  return isSo('Failed', 'ClaimGone') ? 'Ended' : status?.state || 'InProgress';
}

/** Whether two are the same. */
export const isSame = (one: Standing | undefined, other: Standing | undefined): boolean =>
  one?.tally === other?.tally && one?.word === other?.word;
