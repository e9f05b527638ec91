import { createHash } from 'node:crypto';
import type { ResourceKey } from '../../shared/resources/resource.ts';
import type { ResourceStore } from '../../shared/resources/resource-store.ts';
import type { Turn } from '../account/turn.ts';
import type { AwsPorts } from '../aws/aws-ports.ts';
import { type Account, type AccountSpec, type AccountStatus, accountKind } from '../resources/account.ts';
import type { AccountClaim, AccountClaimSpec, AccountClaimStatus } from '../resources/account-claim.ts';
import { operatorNamespace } from '../resources/api.ts';
import type { ClaimSettings } from './claim-settings.ts';

/** What the controller of claims needs of the world. */
export interface ClaimDependencies {
  store: ResourceStore;
  aws: AwsPorts;
  settings: ClaimSettings;
}

/** One look at a claim. */
export interface ClaimTurn extends ClaimDependencies {
  /** The claim as it was last read or written. */
  claim: AccountClaim;
  now(): Date;
  /** Milliseconds until the invocation is ended. */
  remainingMs(): number;
}

/** Writes another status of the claim. @throws ConflictError */
export async function saveClaim(turn: ClaimTurn, status: AccountClaimStatus): Promise<void> {
  const { store, claim } = turn;
  turn.claim = await store.updateStatus<AccountClaimSpec, AccountClaimStatus>({ ...claim, status });
}

export const keyOfAccount = (name: string): ResourceKey => ({
  kind: accountKind.kind,
  namespace: operatorNamespace,
  name,
});

export const accountNamed = ({ store }: ClaimTurn, name: string): Promise<Account | undefined> =>
  store.get<AccountSpec, AccountStatus>(keyOfAccount(name));

/** Whether the customer brings the account of a claim. */
export const isBrought = ({ spec }: AccountClaim): boolean =>
  spec.byoc === true || spec.manualSTSMode === true;

/** Whether an account was given to this claim, and not to another one of its name. */
export const isHeldBy = ({ spec }: Account, { metadata }: AccountClaim): boolean =>
  spec.claimLinkUID === metadata.uid &&
  spec.claimLink === metadata.name &&
  spec.claimLinkNamespace === metadata.namespace;

/** What an account says of the claim that has it. */
export const linksTo = ({ metadata }: AccountClaim) => ({
  claimLink: metadata.name,
  claimLinkNamespace: metadata.namespace,
  claimLinkUID: metadata.uid,
});

/** A look at the account of a claim, for what is done with any account. */
export const turnOf = (turn: ClaimTurn, account: Account): Turn => ({
  store: turn.store,
  aws: turn.aws,
  settings: turn.settings,
  now: turn.now,
  account,
  // Whoever works for a claim has an account already.
  mayCreate: async () => ({ allowed: false, why: 'a claim makes no AWS account', afterSeconds: 0 }),
});

/** The same for the same texts, and spread evenly over all others. */
export const digestOf = (...texts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(texts)).digest('hex');
