import { keyOf } from '../../shared/resources/resource.ts';
import type { ResourceStore } from '../../shared/resources/resource-store.ts';
import { poolsMeant } from '../account-claim/pools-meant.ts';
import {
  type OrganizationLimitStatus,
  organizationLimitKey,
} from '../organization-limit/organization-limit.ts';
import { type Account, type AccountSpec, type AccountStatus, accountKind } from '../resources/account.ts';
import type { AccountClaim } from '../resources/account-claim.ts';
import { accountClaimKind } from '../resources/account-claim.ts';
import { type AccountPoolSpec, type AccountPoolStatus, accountPoolKind } from '../resources/account-pool.ts';
import { operatorNamespace } from '../resources/api.ts';
import { claimContradictions } from '../resources/claim-contradictions.ts';
import { claimSelections } from '../resources/selections.ts';
import { seedSettings } from '../settings.ts';

type Store = Pick<ResourceStore, 'get' | 'select'>;

/** Why something is so, and what to do about it; each a sentence. */
type Answer = string[];

/** Claims of a pool that are counted in the order in which they wait. */
const mostWaiting = 100;

/** Why a claim is as it is, and what to do: for people, a line each. It reads a few resources and writes none. */
export async function whyLines(store: Store, claim: AccountClaim): Promise<Answer> {
  const account = await accountOf(store, claim);
  if (claim.metadata.deletionTimestamp) return whyStillThere(account);
  const wrong = claimContradictions(claim).map(({ message }) => `It contradicts itself: ${message}.`);
  if (wrong.length > 0) return [...wrong, 'Mend the manifest, and apply it again.'];
  if (claim.status?.state === 'Error') return whyStopped(claim);
  if (claim.status?.state === 'Ready') return [`It has ${claim.spec.accountLink}: nothing is amiss.`];
  return claim.spec.accountLink ? whyNotReady(claim, account) : whyWithout(store, claim);
}

async function accountOf(store: Store, { spec }: AccountClaim): Promise<Account | undefined> {
  if (!spec.accountLink) return undefined;
  const key = { kind: accountKind.kind, namespace: operatorNamespace, name: spec.accountLink };
  return store.get<AccountSpec, AccountStatus>(key);
}

function whyStillThere(account: Account | undefined): Answer {
  const cleaning = account?.status?.cleaning;
  if (!account || !cleaning)
    return ['It is being deleted, and goes as soon as its controller has looked at it.'];
  const { results, since } = cleaning;
  const clean = results.filter(({ state }) => state === 'Clean').length;
  const obstacles = results.flatMap(({ cleaner, region, message }) =>
    message ? [`In the way: ${cleaner}${region ? ` in ${region}` : ''}: ${message}.`] : [],
  );
  const far = `${account.metadata.name} is being cleaned since ${since}: ${clean} of ${results.length} places are clean.`;
  const next = obstacles.length > 0 ? ['Take that away by hand; the clean-up goes on by itself.'] : [];
  return [far, ...obstacles, ...next];
}

function whyStopped({ status }: AccountClaim): Answer {
  const so = status?.conditions.filter((one) => one.status === 'True') ?? [];
  return so.map(({ reason, message }) => `It has stopped (${reason}): ${message}.`);
}

function whyNotReady({ spec }: AccountClaim, account: Account | undefined): Answer {
  const state = account?.status?.state || 'not begun';
  return [`It has ${spec.accountLink}, which is ${state}. It is Ready a moment after that is.`];
}

/** Nobody has given it an account yet. */
async function whyWithout(store: Store, claim: AccountClaim): Promise<Answer> {
  if (claim.spec.byoc || claim.spec.manualSTSMode) return ['Its Account is made with the next look at it.'];
  const pool = claim.spec.accountPool || seedSettings.defaultAccountPool;
  const [place, supply] = await Promise.all([placeOf(store, claim), whySupply(store, pool)]);
  return [`It waits for an account of the pool ${pool}${place}.`, ...supply];
}

async function placeOf(store: Store, claim: AccountClaim): Promise<string> {
  const pools = poolsMeant(claim.spec.accountPool ?? '', seedSettings.defaultAccountPool);
  const waiting = await Promise.all(
    pools.map((pool) =>
      store.select({
        kind: accountClaimKind.kind,
        selection: claimSelections.pending(pool),
        limit: mostWaiting,
      }),
    ),
  );
  const { namespace, name } = keyOf(claim);
  const place = waiting.flatMap((all) => {
    const index = all.findIndex((one) => one.namespace === namespace && one.name === name);
    return index > 0 ? [index] : [];
  })[0];
  return place ? `, behind ${place} other${place === 1 ? '' : 's'}` : '';
}

async function whySupply(store: Store, name: string): Promise<Answer> {
  const key = { kind: accountPoolKind.kind, namespace: operatorNamespace, name };
  const pool = await store.get<AccountPoolSpec, AccountPoolStatus>(key);
  if (!pool) return [`There is no such pool: apply one, or name another in accountPool.`];
  const {
    availableAccounts = 0,
    accountsProgressing = 0,
    accountsPending = 0,
    awsLimitDelta,
  } = pool.status ?? {};
  if (availableAccounts > 0) {
    return [
      `The pool has ${availableAccounts}: it gets one within a minute, or the worker's log says why not.`,
    ];
  }
  const coming = accountsProgressing + accountsPending;
  if (coming > 0) return [`None of it is Ready; ${coming} are on their way, which takes minutes to hours.`];
  if (pool.spec.poolSize === 0) return ['The pool is to have none: raise its poolSize.'];
  return whyNoneMade(store, awsLimitDelta);
}

async function whyNoneMade(store: Store, room: number | undefined): Promise<Answer> {
  const limit = await store.get<object, OrganizationLimitStatus>(organizationLimitKey);
  const problem = limit?.status?.problem;
  if (problem) return [`None is made, for the organization cannot be counted: ${problem}.`];
  if (room !== undefined && room <= 0) {
    return [
      'None is made, for the organization is full: ask AWS for more accounts and raise awsLimit, or close some.',
    ];
  }
  return ['None is on its way: "accountctl get accounts" shows which have failed.'];
}
