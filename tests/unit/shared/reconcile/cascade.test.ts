import { beforeEach, describe, expect, it } from '@jest/globals';
import { deleteDependents, deleteOrphans } from '../../../../shared/reconcile/cascade.ts';
import {
  keyOf,
  type NewResource,
  type Resource,
  type ResourceKey,
} from '../../../../shared/resources/resource.ts';
import type { IndexedResource } from '../../../../shared/resources/resource-store.ts';
import { MemoryStore } from '../../../support/fakes/memory-store.ts';

let store: MemoryStore;
beforeEach(() => {
  store = new MemoryStore();
});

async function made(
  kind: string,
  name: string,
  owner?: Resource,
  finalizers: string[] = [],
): Promise<Resource> {
  const ownerReferences = owner && [
    { apiVersion: owner.apiVersion, kind: owner.kind, name: owner.metadata.name, uid: owner.metadata.uid },
  ];
  const metadata = { namespace: 'ns', name, finalizers, ...(ownerReferences && { ownerReferences }) };
  const resource: NewResource = { apiVersion: 'example.com/v1', kind, metadata, spec: {} };
  const creation = await store.create(resource);
  if (creation.outcome !== 'created') throw new Error(`it ${creation.outcome}`);
  return creation.resource;
}

const isThere = async (resource: Resource): Promise<boolean> =>
  (await store.get(keyOf(resource))) !== undefined;

/** What the stream tells, change after change, until there is nothing new. */
async function streamed(): Promise<void> {
  const observe = deleteDependents(store);
  for (let from = 0; from < store.changes.length; ) {
    const next = store.changes.slice(from);
    from = store.changes.length;
    await observe(next);
  }
}

describe('when an owner is gone', () => {
  it('what goes with it goes, and what goes with that', async () => {
    const pool = await made('Pool', 'pool');
    const account = await made('Account', 'account', pool);
    const secret = await made('Secret', 'secret', account);
    const other = await made('Account', 'other', await made('Pool', 'other'));
    await store.delete(keyOf(pool));
    await streamed();
    expect(await Promise.all([account, secret, other].map(isThere))).toEqual([false, false, true]);
  });

  it('what has something to undo first is marked', async () => {
    const pool = await made('Pool', 'pool');
    const account = await made('Account', 'account', pool, ['example.com/holder']);
    await store.delete(keyOf(pool));
    await streamed();
    expect((await store.get(keyOf(account)))?.metadata.deletionTimestamp).toBeDefined();
  });

  it('nothing goes while it is only marked', async () => {
    const pool = await made('Pool', 'pool', undefined, ['example.com/holder']);
    const account = await made('Account', 'account', pool);
    await store.delete(keyOf(pool));
    await streamed();
    expect(await isThere(account)).toBe(true);
  });

  it('what goes with another one of its name stays', async () => {
    const pool = await made('Pool', 'pool');
    await store.delete(keyOf(pool));
    const account = await made('Account', 'account', await made('Pool', 'pool'));
    await streamed();
    expect(await isThere(account)).toBe(true);
  });

  it('one that was made again in one change takes with it what went with the one before', async () => {
    const pool = await made('Pool', 'pool');
    const account = await made('Account', 'account', pool);
    const again = { ...pool, metadata: { ...pool.metadata, uid: 'another' } };
    await deleteDependents(store)([{ before: pool, after: again }]);
    expect(await isThere(account)).toBe(false);
  });

  it('a change that comes twice does no harm', async () => {
    const pool = await made('Pool', 'pool');
    const account = await made('Account', 'account', pool);
    await store.delete(keyOf(pool));
    await streamed();
    const again = await made('Account', 'account', await made('Pool', 'pool'));
    await streamed();
    expect(await Promise.all([account, again].map(isThere))).toEqual([true, true]);
    expect((await store.get(keyOf(again)))?.metadata.uid).toBe(again.metadata.uid);
  });
});

describe('the sweep', () => {
  it('deletes what an event was lost for, and nothing else', async () => {
    const [pool, stays] = [await made('Pool', 'pool'), await made('Pool', 'stays')];
    const orphans = [await made('Account', 'one', pool), await made('Account', 'two', pool)];
    const others = [await made('Account', 'three', stays), await made('Account', 'four')];
    await store.delete(keyOf(pool));
    expect(await deleteOrphans(store, ['Pool', 'Account'])).toBe(2);
    expect(await Promise.all(orphans.map(isThere))).toEqual([false, false]);
    expect(await Promise.all(others.map(isThere))).toEqual([true, true]);
  });

  it('deletes what went with one that was made again', async () => {
    const pool = await made('Pool', 'pool');
    const account = await made('Account', 'account', pool);
    await store.delete(keyOf(pool));
    await made('Pool', 'pool');
    expect(await deleteOrphans(store, ['Account'])).toBe(1);
    expect(await isThere(account)).toBe(false);
  });

  it('reads each owner once, however much goes with it', async () => {
    const pool = await made('Pool', 'pool');
    for (const name of ['one', 'two', 'three']) await made('Account', name, pool);
    store.calls.length = 0;
    expect(await deleteOrphans(store, ['Account'])).toBe(0);
    expect(store.calls).toEqual(['index', 'get']);
  });

  it('leaves alone one of that name that was made meanwhile', async () => {
    const pool = await made('Pool', 'pool');
    const account = await made('Account', 'account', pool);
    await store.delete(keyOf(pool));
    const shown: IndexedResource[] = [];
    for await (const one of store.index('Account')) shown.push(one);
    await store.delete(keyOf(account));
    const again = await made('Account', 'account');
    const stale = { get: (key: ResourceKey) => store.get(key), delete: store.delete.bind(store) };
    const index = async function* () {
      yield* shown;
    };
    await deleteOrphans({ ...stale, index, dependents: index } as unknown as MemoryStore, ['Account']);
    expect(await isThere(again)).toBe(true);
  });
});
