import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { countStandings } from '../../../../accounts/counts/count-standings.ts';
import { standingOf } from '../../../../accounts/counts/standing.ts';
import { allCounts, type Counts } from '../../../../accounts/counts/tally.ts';
import type { Resource } from '../../../../shared/resources/resource.ts';
import { Pools } from '../../../support/fakes/account-pools.ts';
import { aClaim, store as put } from '../../../support/fakes/account-resources.ts';
import type { StoredChange } from '../../../support/fakes/memory-store.ts';

const key = (name: string) => ({ kind: 'Account', namespace: 'aws-account-operator', name });

/** A pool with some history: made, filled, claimed, failed, deleted. */
async function history(): Promise<{ pools: Pools; changes: StoredChange[] }> {
  const pools = new Pools();
  await pools.add('a', { state: 'Creating' });
  await pools.add('b', { state: 'Ready' });
  await pools.add('c', { state: 'Ready' }, { accountPool: 'q' });
  await pools.change('b', { spec: { claimLink: 'claim', legalEntity: { id: '7', name: 'seven' } } });
  await pools.change('b', { status: { claimed: true } });
  await pools.change('a', { status: { state: 'Ready' } });
  await pools.add('d', { state: 'Failed' });
  await pools.store.delete(key('d'));
  await pools.change('b', { spec: { claimLink: '' }, status: { claimed: false, reused: true } });
  await put(pools.store, aClaim());
  return { pools, changes: [...pools.store.changes] };
}

/** How all resources stand in truth. */
function truth(changes: readonly StoredChange[]): Record<string, Counts> {
  const last = new Map<string, Resource | undefined>();
  for (const { before, after } of changes) {
    const { kind, metadata } = (after ?? before) as Resource;
    last.set(`${kind}/${metadata.name}`, after);
  }
  const counts: Record<string, Counts> = {};
  for (const resource of last.values()) {
    const standing = standingOf(resource);
    if (!standing) continue;
    const words = { ...counts[standing.tally] };
    counts[standing.tally] = { ...words, [standing.word]: (words[standing.word] ?? 0) + 1 };
  }
  return counts;
}

const countedIn = async ({ store }: Pools) =>
  Object.fromEntries([...(await allCounts(store))].filter(([, counts]) => Object.keys(counts).length > 0));

describe('the counts', () => {
  it('are of accounts by pool, by how far they are, and by whether they have a customer', async () => {
    const { pools, changes } = await history();
    await countStandings(pools.store)(changes);
    expect(await countedIn(pools)).toEqual({
      'pool-p': { 'Ready.never': 1, 'Ready.before': 1 },
      'pool-q': { 'Ready.never': 1 },
      claims: { Pending: 1 },
    });
  });

  it('are right in the end however often, and in whatever batches, changes are shown', async () => {
    const { pools, changes } = await history();
    const batches = fc.array(fc.nat({ max: changes.length }), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(batches, async (from) => {
        const observe = countStandings(pools.store);
        for (const start of from) await observe(changes.slice(start, start + 3));
        await observe(changes);
        await observe(changes);
        expect(await countedIn(pools)).toEqual(truth(changes));
      }),
      { numRuns: 50 },
    );
  });

  it('are right when a write has taken place and its answer was lost', async () => {
    const { pools, changes } = await history();
    const { store } = pools;
    const transact = store.transact.bind(store);
    let calls = 0;
    store.transact = async (steps) => {
      const ended = await transact(steps);
      calls += 1;
      if (calls === 1) throw new Error('the answer is lost');
      return ended;
    };
    await expect(countStandings(store)(changes)).rejects.toThrow('lost');
    await countStandings(store)(changes);
    expect(await countedIn(pools)).toEqual(truth(changes));
  });

  it('are right when two count at the same moment', async () => {
    const { pools, changes } = await history();
    await Promise.all([countStandings(pools.store)(changes), countStandings(pools.store)(changes)]);
    expect(await countedIn(pools)).toEqual(truth(changes));
  });

  it('leave nothing behind of what is gone', async () => {
    const { pools, changes } = await history();
    await countStandings(pools.store)(changes);
    const { items } = await pools.store.list({
      kind: 'CountedAccount',
      namespace: 'aws-account-operator',
      limit: 100,
    });
    expect(items.map(({ metadata }) => metadata.name)).toEqual(['a', 'b', 'c']);
  });

  it('cost nothing when nobody stands differently', async () => {
    const { pools, changes } = await history();
    await countStandings(pools.store)(changes);
    const calls = pools.store.calls.length;
    const same = changes.map(({ after }) => (after ? { before: after, after } : {}));
    await countStandings(pools.store)(same);
    expect(pools.store.calls).toHaveLength(calls);
  });
});
