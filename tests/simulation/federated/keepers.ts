import { type Account, type AccountSpec, accountKind } from '../../../accounts/resources/account.ts';
import {
  type AccountClaim,
  type AccountClaimSpec,
  accountClaimKind,
} from '../../../accounts/resources/account-claim.ts';
import { awsFinalizer, operatorNamespace } from '../../../accounts/resources/api.ts';
import { accountSelection } from '../../../accounts/resources/selections.ts';
import { again, type Controller, done, type Reconciled } from '../../../shared/reconcile/reconcile.ts';
import type { ResourceStore } from '../../../shared/resources/resource-store.ts';
import { accountNames } from './people.ts';

type Store = ResourceStore;

const accountKey = (name: string) => ({ kind: accountKind.kind, namespace: operatorNamespace, name });

/** Replaces an account, and with it the claim, in one transaction. */
async function link(store: Store, claim: AccountClaim, account: Account): Promise<Reconciled> {
  const { namespace: claimLinkNamespace, name: claimLink } = claim.metadata;
  const { legalEntity } = claim.spec;
  await store.transact([
    {
      do: 'replace',
      resource: {
        ...account,
        spec: { ...account.spec, claimLink, claimLinkNamespace, legalEntity },
        status: { ...account.status, state: 'Ready', claimed: true },
      },
    },
    {
      do: 'replace',
      resource: {
        ...claim,
        spec: { ...claim.spec, accountLink: account.metadata.name },
        status: { state: 'Ready', conditions: [] },
      },
    },
  ]);
  return done;
}

async function take(store: Store, claim: AccountClaim): Promise<Reconciled> {
  for (const name of accountNames) {
    const account = (await store.get(accountKey(name))) as Account | undefined;
    const selection = account && accountSelection(account);
    if (account && (selection === 'ready#' || selection?.startsWith('reusable#')))
      return link(store, claim, account);
  }
  return again(60);
}

/** Gives the account back, so that the next claim may have it. */
async function release(store: Store, claim: AccountClaim): Promise<Reconciled> {
  const account = (await store.get(accountKey(claim.spec.accountLink))) as Account | undefined;
  const isOurs = account?.spec.claimLink === claim.metadata.name;
  const { claimLink: _, claimLinkNamespace: __, ...spec } = account?.spec ?? ({} as AccountSpec);
  await store.transact([
    ...(account && isOurs
      ? [
          {
            do: 'replace' as const,
            resource: {
              ...account,
              spec,
              status: { ...account.status, claimed: false, reused: true },
            },
          },
        ]
      : []),
    { do: 'removeFinalizer', resource: claim, finalizer: awsFinalizer },
  ]);
  return done;
}

/** Stands for the controller of claims: gives each any account that is free, and gives it on when nobody else keeps it. */
export const claimKeeper = (store: Store): Controller<AccountClaimSpec, object> => ({
  kind: accountClaimKind.kind,
  reconcile: async (resource) => {
    const claim = resource as AccountClaim;
    const { finalizers, deletionTimestamp } = claim.metadata;
    if (deletionTimestamp) {
      const isKept = finalizers.some((one) => one !== awsFinalizer);
      return isKept || !finalizers.includes(awsFinalizer) ? done : release(store, claim);
    }
    if (!finalizers.includes(awsFinalizer)) {
      const metadata = { ...claim.metadata, finalizers: [...finalizers, awsFinalizer] };
      await store.update({ ...claim, metadata });
      return again(0);
    }
    return claim.spec.accountLink ? done : take(store, claim);
  },
});

/** Stands for the controller of accounts, as far as it lets them go. */
export const accountKeeper = (store: Store): Controller<AccountSpec, object> => ({
  kind: accountKind.kind,
  reconcile: async (account) => {
    const { finalizers, deletionTimestamp } = account.metadata;
    if (deletionTimestamp && finalizers.includes(awsFinalizer))
      await store.removeFinalizer(account, awsFinalizer);
    return done;
  },
});
