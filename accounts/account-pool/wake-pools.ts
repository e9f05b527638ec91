import type { Observer } from '../../shared/reconcile/distribute.ts';
import type { WorkQueue } from '../../shared/reconcile/reconcile.ts';
import type { Change } from '../../shared/reconcile/stream-changes.ts';
import type { ResourceKey } from '../../shared/resources/resource.ts';
import type { ResourceStore } from '../../shared/resources/resource-store.ts';
import { isSame, standingOf } from '../counts/standing.ts';
import {
  type OrganizationLimit,
  type OrganizationLimitStatus,
  organizationLimitKind,
} from '../organization-limit/organization-limit.ts';
import { type Account, accountKind } from '../resources/account.ts';
import { accountPoolKind } from '../resources/account-pool.ts';
import { operatorNamespace } from '../resources/api.ts';
import { untilShown } from '../resources/selections.ts';

/** What waking needs. */
export interface WakingDependencies {
  store: Pick<ResourceStore, 'index'>;
  queue: WorkQueue;
}

const keyOfPool = (name: string): ResourceKey => ({
  kind: accountPoolKind.kind,
  namespace: operatorNamespace,
  name,
});

/** Pools whose accounts stand differently now. */
function poolsIn(changes: readonly Change[]): string[] {
  const accounts = changes.flatMap(({ before, after }) => {
    const account = after ?? before;
    const isNews = account?.kind === accountKind.kind && !isSame(standingOf(before), standingOf(after));
    return isNews ? [account as Account] : [];
  });
  return [...new Set(accounts.flatMap(({ spec }) => spec.accountPool || []))];
}

const takenIn = ({ accounts, inProgress, slots }: OrganizationLimitStatus): number =>
  accounts + inProgress + slots.length;

/** Whether there may be room in the organization where there was none. */
function isRoomier({ before, after }: Change): boolean {
  if (after?.kind !== organizationLimitKind) return false;
  const [was, is] = [before, after].map((limit) => (limit as OrganizationLimit | undefined)?.status);
  if (!is || is.problem !== undefined) return false;
  return !was || was.problem !== undefined || takenIn(is) < takenIn(was);
}

async function everyPool({ store }: WakingDependencies): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of store.index(accountPoolKind.kind)) names.push(name);
  return names;
}

/**
 * An observer of the distributor: has a pool looked at when an account of it stands differently, at once for who watches
 * it, and again when the index shows it; and all of them when the organization has got room.
 */
export const wakePools =
  (dependencies: WakingDependencies): Observer =>
  async (changes) => {
    const touched = poolsIn(changes);
    const hoping = changes.some(isRoomier) ? await everyPool(dependencies) : [];
    const keys = [...new Set([...touched, ...hoping])].map(keyOfPool);
    const waits = [0, untilShown];
    await dependencies.queue.add(keys.flatMap((key) => waits.map((afterSeconds) => ({ key, afterSeconds }))));
  };
