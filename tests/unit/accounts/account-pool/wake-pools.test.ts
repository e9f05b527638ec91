import { describe, expect, it } from '@jest/globals';
import { wakePools } from '../../../../accounts/account-pool/wake-pools.ts';
import { Pools } from '../../../support/fakes/account-pools.ts';
import { aPool, store as put } from '../../../support/fakes/account-resources.ts';
import { MemoryWorkQueue } from '../../../support/fakes/memory-work-queue.ts';

/** What is put on the queue for what something has changed. */
async function wokenBy(pools: Pools, act: () => Promise<unknown>) {
  const queue = new MemoryWorkQueue();
  const from = pools.store.changes.length;
  await act();
  await wakePools({ store: pools.store, queue })(pools.store.changes.slice(from));
  return queue.added.map(({ key, afterSeconds }) => [key.name, afterSeconds]);
}

const atOnceAndAgain = (name: string) => [
  [name, 0],
  [name, 5],
];

describe('a pool is looked at', () => {
  it.each([
    ['is claimed', { spec: { claimLink: 'claim' } }],
    ['has failed', { status: { state: 'Failed' as const } }],
    ['has gone on', { status: { state: 'Creating' as const } }],
  ])('when an account of it %s: at once, and when the index shows it', async (_, change) => {
    const pools = await Pools.of(1);
    await pools.add('a');
    expect(await wokenBy(pools, () => pools.change('a', change))).toEqual(atOnceAndAgain('p'));
  });

  it('once for many accounts of it', async () => {
    const pools = await Pools.of(1);
    const woken = await wokenBy(pools, async () => {
      await pools.add('a');
      await pools.add('b');
    });
    expect(woken).toEqual(atOnceAndAgain('p'));
  });

  it('when the organization was counted for the first time, and when it has got room', async () => {
    const pools = new Pools();
    await put(pools.store, aPool('p'));
    expect(await wokenBy(pools, () => pools.count({ accounts: 9 }))).toEqual(atOnceAndAgain('p'));
    expect(await wokenBy(pools, () => pools.count({ accounts: 8 }))).toEqual(atOnceAndAgain('p'));
    await pools.count({ problem: 'throttled' });
    expect(await wokenBy(pools, () => pools.count({ accounts: 9 }))).toEqual(atOnceAndAgain('p'));
  });
});

describe('a pool is left alone', () => {
  it('when nothing changes that it counts', async () => {
    const pools = await Pools.of(1);
    await pools.add('a', { state: 'Creating' });
    expect(await wokenBy(pools, () => pools.change('a', { status: { supportCaseID: '1' } }))).toEqual([]);
    expect(await wokenBy(pools, () => pools.add('b', {}, { accountPool: undefined }))).toEqual([]);
  });

  it('when the organization has less room, or cannot be counted', async () => {
    const pools = await Pools.of(1);
    expect(await wokenBy(pools, () => pools.count({ accounts: 2 }))).toEqual([]);
    expect(await wokenBy(pools, () => pools.count({ accounts: 1, problem: 'throttled' }))).toEqual([]);
  });
});
