import type { Resource } from '../../shared/resources/resource.ts';
import type { Account, AccountState } from './account.ts';
import type { AccountClaim } from './account-claim.ts';
import { accessesIn } from './api.ts';
import type { AWSFederatedAccountAccess } from './aws-federated-account-access.ts';

/** Seconds after which an index shows what the stream has told. */
export const untilShown = 5;

/**
 * The selections of Accounts. An account is in one of them at most: of one pool while nobody has ever claimed it, of one
 * customer once somebody has. A pool's supply is `ready`, `progressing` and `pending` together. `''` is the pool of those
 * that name none.
 */
export const accountSelections = {
  /** Ready, and nobody has ever claimed it. */
  ready: (pool: string): string => `ready#${pool}`,
  /** On its way to that. */
  progressing: (pool: string): string => `progressing#${pool}`,
  /** Nothing has been done for it yet. */
  pending: (pool: string): string => `pending#${pool}`,
  /** Ready again, in its pool, for the customer that it has served. The name of a pool has no `#` in it. */
  reusable: (pool: string, legalEntityId: string): string => `reusable#${pool}#${legalEntityId}`,
} as const;

/** The selections of AccountClaims. */
export const claimSelections = {
  /** Waits for an account of that pool. */
  pending: (pool: string): string => `pending#${pool}`,
  /** Has an account, whose credentials are in that secret. */
  ofSecret: (namespace: string, name: string): string => `secret#${namespace}/${name}`,
} as const;

/** The selections of AWSFederatedAccountAccesses. */
export const accessSelections = {
  /** Wants the role of that AWSFederatedRole. */
  ofRole: (namespace: string, name: string): string => `role#${namespace}/${name}`,
} as const;

/** Whether an account can neither be given nor be waited for. */
function isTaken({ spec, status, metadata }: Account): boolean {
  const isHeld = Boolean(spec.claimLink) || status?.claimed === true;
  const isOut = status?.state === 'Failed' || status?.state === 'Cleaning';
  return isHeld || isOut || spec.byoc === true || metadata.deletionTimestamp !== undefined;
}

/** Whether somebody outside still has a role in it: so long it is its last customer's, whoever has given it back. */
const isEntered = ({ metadata }: Account): boolean => accessesIn(metadata.finalizers).length > 0;

/** How far an account is on its way to a customer. */
function phaseIn(state: AccountState | undefined): 'ready' | 'progressing' | 'pending' {
  if (state === 'Ready') return 'ready';
  return !state || state === 'Pending' ? 'pending' : 'progressing';
}

/** The selection that an Account belongs to. */
export function accountSelection(resource: Resource): string | undefined {
  const account = resource as Account;
  if (isTaken(account) || isEntered(account)) return undefined;
  const { spec, status } = account;
  const isReady = status?.state === 'Ready';
  const customer = spec.legalEntity?.id;
  const pool = spec.accountPool ?? '';
  if (customer) return isReady ? accountSelections.reusable(pool, customer) : undefined;
  // Whom it has served is not known: nobody gets it.
  if (status?.reused) return undefined;
  return accountSelections[phaseIn(status?.state)](pool);
}

/** The selection that an AccountClaim belongs to. */
export function claimSelection(resource: Resource): string | undefined {
  const { spec, status, metadata } = resource as AccountClaim;
  const isBrought = spec.byoc || spec.manualSTSMode;
  const isWaiting = !spec.accountLink && (status?.state ?? 'Pending') === 'Pending';
  if (metadata.deletionTimestamp) return undefined;
  const { awsCredentialSecret: secret } = spec;
  if (spec.accountLink) return claimSelections.ofSecret(metadata.namespace, secret.name);
  return isWaiting && !isBrought ? claimSelections.pending(spec.accountPool ?? '') : undefined;
}

/** The selection that an AWSFederatedAccountAccess belongs to. */
export function accessSelection(resource: Resource): string {
  const { namespace, name } = (resource as AWSFederatedAccountAccess).spec.awsFederatedRole;
  return accessSelections.ofRole(namespace, name);
}
