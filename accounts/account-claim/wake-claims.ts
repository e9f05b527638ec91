import type { Observer } from '../../shared/reconcile/distribute.ts';
import type { WorkQueue } from '../../shared/reconcile/reconcile.ts';
import type { Change } from '../../shared/reconcile/stream-changes.ts';
import { eachOnce } from '../../shared/reconcile/work-messages.ts';
import type { ResourceKey } from '../../shared/resources/resource.ts';
import type { ResourceStore } from '../../shared/resources/resource-store.ts';
import { isSame, standingOf } from '../counts/standing.ts';
import { type Account, accountKind } from '../resources/account.ts';
import { accountClaimKind } from '../resources/account-claim.ts';
import { accountSelection, accountSelections, claimSelections, untilShown } from '../resources/selections.ts';
import { poolsMeant } from './pools-meant.ts';

/** What waking needs. */
export interface WakingDependencies {
  store: Pick<ResourceStore, 'select'>;
  queue: WorkQueue;
  defaultAccountPool: string;
}

/** Claims that are woken for an account which only those of its customer may have. Which these are, the index does not tell. */
const mostForCustomer = 100;

/** Accounts that have become free, and how many claims of their pool to wake for them. */
interface Freed {
  pool: string;
  claims: number;
}

const asAccount = (resource: Change['after']): Account | undefined =>
  resource?.kind === accountKind.kind ? (resource as Account) : undefined;

/** What an account is free for now and was not before. */
function freedBy({ before, after }: Change): Freed | undefined {
  const account = asAccount(after);
  const selection = account && accountSelection(account);
  if (!account || !selection || (before && accountSelection(before) === selection)) return undefined;
  const { accountPool: pool = '', legalEntity } = account.spec;
  if (selection === accountSelections.ready(pool)) return { pool, claims: 1 };
  const isReusable = selection === accountSelections.reusable(pool, legalEntity?.id ?? '');
  return isReusable ? { pool, claims: mostForCustomer } : undefined;
}

/** How many claims of each pool there may be an account for. */
function freedIn(changes: readonly Change[]): Map<string, number> {
  const freed = new Map<string, number>();
  for (const { pool, claims } of changes.flatMap((change) => freedBy(change) ?? [])) {
    freed.set(pool, Math.min(mostForCustomer, (freed.get(pool) ?? 0) + claims));
  }
  return freed;
}

/** The claims that have accounts which stand differently now, or are gone. */
function holdersIn(changes: readonly Change[]): ResourceKey[] {
  return changes.flatMap(({ before, after }) => {
    const account = asAccount(after ?? before);
    const { claimLink: name, claimLinkNamespace: namespace } = account?.spec ?? {};
    const isNews = Boolean(before) && !isSame(standingOf(before), standingOf(after));
    return name && namespace && isNews ? [{ kind: accountClaimKind.kind, namespace, name }] : [];
  });
}

/** The claims that have waited longest, of those that may have an account of a pool. */
async function waitingFor(
  { store, defaultAccountPool }: WakingDependencies,
  pool: string,
  limit: number,
): Promise<ResourceKey[]> {
  const found = await Promise.all(
    poolsMeant(pool, defaultAccountPool).map((one) =>
      store.select({ kind: accountClaimKind.kind, selection: claimSelections.pending(one), limit }),
    ),
  );
  return found.flat().map(({ kind, namespace, name }) => ({ kind, namespace, name }));
}

/**
 * An observer of the distributor: has the claims looked at that have waited longest when an account has become free for
 * them, and a claim when its own account stands differently; at once, and again when the index shows it.
 */
export const wakeClaims =
  (dependencies: WakingDependencies): Observer =>
  async (changes) => {
    const freed = [...freedIn(changes)];
    const waiting = await Promise.all(freed.map(([pool, claims]) => waitingFor(dependencies, pool, claims)));
    const keys = eachOnce([...holdersIn(changes), ...waiting.flat()]);
    const waits = [0, untilShown];
    await dependencies.queue.add(keys.flatMap((key) => waits.map((afterSeconds) => ({ key, afterSeconds }))));
  };
