import { isDeepStrictEqual } from 'node:util';
import { again, type Controller, done, type Reconciled } from '../../shared/reconcile/reconcile.ts';
import type { ResourceStore } from '../../shared/resources/resource-store.ts';
import { tallies } from '../counts/standing.ts';
import { countsIn } from '../counts/tally.ts';
import {
  type OrganizationLimit,
  readLimit,
  roomIn,
  withSlot,
} from '../organization-limit/organization-limit.ts';
import {
  type AccountPool,
  type AccountPoolSpec,
  type AccountPoolStatus,
  accountPoolKind,
} from '../resources/account-pool.ts';
import type { AccountSettings } from '../settings.ts';
import { newAccount } from './new-account.ts';
import { failedIn, type PoolFacts, poolStatus } from './pool-status.ts';
import { type Supply, supplyOf } from './supply.ts';

export interface AccountPoolDependencies {
  store: ResourceStore;
  settings: Pick<AccountSettings, 'awsLimit' | 'emailId'>;
  /** Six random letters or digits. */
  suffix(): string;
}

/** Seconds until a pool is looked at again for which the organization has no room, or whose accounts fail. */
const untilItMayMake = 300;

/** Failed accounts of a pool that are replaced, however small it is. */
const leastReplaced = 5;

/**
 * Whether so many accounts of a pool have failed that the next one would, too: what is wrong with all of them would have
 * AWS make accounts without an end. Somebody has to mend it, and to reset the failed accounts or delete them.
 */
const isFailing = ({ spec }: AccountPool, { counts }: PoolFacts): boolean =>
  failedIn(counts) >= Math.max(leastReplaced, spec.poolSize);

/** What a look has found. */
interface Found {
  facts: PoolFacts;
  limit: OrganizationLimit;
}

async function lookAround({ store, settings }: AccountPoolDependencies, pool: AccountPool): Promise<Found> {
  const [supply, counts, limit] = await Promise.all([
    supplyOf(store, pool),
    countsIn(store, tallies.pool(pool.metadata.name)),
    readLimit(store),
  ]);
  return { facts: { supply, counts, room: roomIn(limit, settings.awsLimit) }, limit };
}

/** Writes the status when it has changed. */
async function tell({ store }: AccountPoolDependencies, pool: AccountPool, facts: PoolFacts): Promise<void> {
  const status = poolStatus(pool, facts);
  if (!isDeepStrictEqual(status, pool.status)) await store.updateStatus({ ...pool, status });
}

/**
 * Makes one account. The pool counts on it, and the organization has a slot for it, from the same moment on: whoever has
 * looked at either before comes too late.
 * @throws ConflictError
 */
async function makeOne(
  { store, settings: { emailId }, suffix }: AccountPoolDependencies,
  pool: AccountPool,
  { facts, limit }: Found,
): Promise<Reconciled> {
  const resource = newAccount(pool, { emailId, suffix: suffix() });
  const { name } = resource.metadata;
  const supply: Supply = new Map([...facts.supply, [name, 'pending']]);
  const status = poolStatus(pool, { ...facts, supply, room: (facts.room ?? 0) - 1 });
  // When there is one of that name already, nothing is done, and the next try has another name.
  await store.transact([
    { do: 'create', resource },
    { do: 'updateStatus', resource: { ...pool, status } },
    { do: 'updateStatus', resource: withSlot(limit, name) },
  ]);
  return again(0);
}

/** Keeps as many accounts that nobody has claimed as a pool is to have. It makes one at a time, and takes none away. */
export const accountPoolController = (
  dependencies: AccountPoolDependencies,
): Controller<AccountPoolSpec, AccountPoolStatus> => ({
  kind: accountPoolKind.kind,
  reconcile: async (pool) => {
    if (pool.metadata.deletionTimestamp) return done;
    const found = await lookAround(dependencies, pool);
    const { supply, room = 0 } = found.facts;
    const isShort = supply.size < pool.spec.poolSize;
    if (isShort && room > 0 && !isFailing(pool, found.facts)) return makeOne(dependencies, pool, found);
    await tell(dependencies, pool, found.facts);
    return isShort ? again(untilItMayMake) : done;
  },
});
