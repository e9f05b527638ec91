import type { ResourceStore } from '../../shared/resources/resource-store.ts';
import { claimOf } from '../account/way-in.ts';
import { type Account, type AccountSpec, type AccountStatus, accountKind } from '../resources/account.ts';
import {
  type AccountClaim,
  type AccountClaimSpec,
  type AccountClaimStatus,
  accountClaimKind,
} from '../resources/account-claim.ts';
import { operatorNamespace } from '../resources/api.ts';
import type { AWSFederatedAccountAccess } from '../resources/aws-federated-account-access.ts';
import { claimSelections } from '../resources/selections.ts';
import type { Finding } from './turn.ts';

type Store = Pick<ResourceStore, 'get' | 'select'>;

/** The account that a secret is about, and the claim that has it. */
export interface Held {
  account: Account;
  claim: AccountClaim;
}

export const accountNamed = (store: Pick<Store, 'get'>, name: string): Promise<Account | undefined> =>
  store.get<AccountSpec, AccountStatus>({ kind: accountKind.kind, namespace: operatorNamespace, name });

export const claimNamed = (
  store: Pick<Store, 'get'>,
  { namespace, name }: { namespace: string; name: string },
): Promise<AccountClaim | undefined> =>
  store.get<AccountClaimSpec, AccountClaimStatus>({ kind: accountClaimKind.kind, namespace, name });

/** Whether account and claim are each other's, and will be until one of them is written. */
export const belongTogether = ({ account, claim }: Held): boolean =>
  account.metadata.deletionTimestamp === undefined &&
  claim.metadata.deletionTimestamp === undefined &&
  claim.spec.accountLink === account.metadata.name &&
  account.spec.claimLink === claim.metadata.name &&
  account.spec.claimLinkNamespace === claim.metadata.namespace;

const isReady = ({ account, claim }: Held): boolean =>
  account.status?.state === 'Ready' && claim.status?.state === 'Ready' && account.spec.awsAccountID !== '';

/** What the name of the secret ends with that has an account's own keys: accounts/aws/secrets.ts */
const ofAccount = /-secret$/;

/** The account whose own secret it is: those who have the keys of the operator's namespace name it. */
async function byOwnSecret(store: Store, secret: string): Promise<Held | undefined> {
  if (!ofAccount.test(secret)) return undefined;
  const account = await accountNamed(store, secret.replace(ofAccount, ''));
  if (account?.spec.iamUserSecret !== secret) return undefined;
  const claim = await claimOf({ store: store as ResourceStore, account });
  return claim && { account, claim };
}

/** The account of the claim that has its credentials put in that secret. */
async function byClaim(
  store: Store,
  namespace: string,
  secret: string,
): Promise<Held | undefined | 'several'> {
  const selection = claimSelections.ofSecret(namespace, secret);
  const found = await store.select({ kind: accountClaimKind.kind, selection, limit: 2 });
  if (found.length > 1) return 'several';
  const claim = found[0] && (await claimNamed(store, found[0]));
  const account = claim?.spec.accountLink ? await accountNamed(store, claim.spec.accountLink) : undefined;
  return claim && account && { account, claim };
}

/** In which account the role of an access is to be: that of the claim which holds the secret. */
export async function whoseAccount(
  store: Store,
  { metadata: { namespace }, spec }: AWSFederatedAccountAccess,
): Promise<Held | Finding> {
  const { name } = spec.awsCustomerCredentialSecret;
  const own = namespace === operatorNamespace ? await byOwnSecret(store, name) : undefined;
  const held = own ?? (await byClaim(store, namespace, name));
  if (held === 'several') {
    const message = `several claims have their credentials in the secret ${namespace}/${name}: which account is meant is not clear`;
    return { reason: 'SecretOfSeveralClaims', message };
  }
  if (!held)
    return { reason: 'ClaimMissing', message: `no claim has an account for the secret ${namespace}/${name}` };
  const { account, claim } = held;
  if (belongTogether(held) && isReady(held)) return held;
  const message = `account ${account.metadata.name} and claim ${claim.metadata.namespace}/${claim.metadata.name} are not both Ready`;
  return { reason: 'ClaimNotReady', message };
}
