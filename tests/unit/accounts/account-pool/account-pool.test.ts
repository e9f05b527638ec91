import { describe, expect, it } from '@jest/globals';
import { organizationLimitKey } from '../../../../accounts/organization-limit/organization-limit.ts';
import { again, done } from '../../../../shared/reconcile/reconcile.ts';
import { ConflictError } from '../../../../shared/resources/resource-store.ts';
import { Pools } from '../../../support/fakes/account-pools.ts';

describe('a pool that is full', () => {
  it('tells so, and makes no account', async () => {
    const pools = await Pools.of(1);
    await pools.add('a', { state: 'Ready', claimed: false });
    expect(await pools.reconcile()).toEqual(done);
    expect(await pools.accounts()).toHaveLength(1);
    expect(await pools.status()).toMatchObject({ poolSize: 1, unclaimedAccounts: 1, availableAccounts: 1 });
  });

  it('writes its status only when it has changed', async () => {
    const pools = await Pools.of(1);
    await pools.add('a', { state: 'Ready' });
    await pools.reconcile();
    const { resourceVersion } = (await pools.pool()).metadata;
    await pools.reconcile();
    await pools.reconcile();
    expect((await pools.pool()).metadata.resourceVersion).toBe(resourceVersion);
  });

  it('keeps what it has too much, when it is to be smaller', async () => {
    const pools = await Pools.of(3);
    await pools.fill();
    const pool = await pools.pool();
    await pools.store.update({ ...pool, spec: { poolSize: 1 } });
    expect(await pools.fill()).toEqual(done);
    expect(await pools.accounts()).toHaveLength(3);
    expect(await pools.status()).toMatchObject({ poolSize: 1, unclaimedAccounts: 3 });
  });

  it('counts accounts in every state as what they are', async () => {
    const pools = await Pools.of(1);
    await pools.add('a', { state: 'Ready' });
    await pools.add('b', { state: 'InitializingRegions' });
    await pools.add('c', { state: 'PendingVerification' });
    await pools.add('d', { state: 'Failed' });
    await pools.add('e', { state: 'Ready', claimed: true }, { claimLink: 'claim' });
    await pools.observe();
    expect(await pools.fill()).toEqual(done);
    expect(await pools.status()).toMatchObject({
      unclaimedAccounts: 3,
      claimedAccounts: 1,
      availableAccounts: 1,
      accountsProgressing: 2,
      accountsPending: 0,
    });
  });

  it('is so by accounts that nothing was done for yet, also together with others', async () => {
    const pools = await Pools.of(4);
    await pools.add('a');
    await pools.add('b', { state: 'Pending' });
    await pools.add('c', { state: 'Creating' });
    await pools.add('d', { state: 'Ready' });
    expect(await pools.fill()).toEqual(done);
    expect(await pools.accounts()).toHaveLength(4);
    expect(await pools.status()).toMatchObject({ accountsPending: 2, accountsProgressing: 1 });
  });
});

describe('a pool that is short', () => {
  it('makes one account in one look, as upstream does', async () => {
    const pools = await Pools.of(3);
    expect(await pools.reconcile()).toEqual(again(0));
    const [account, ...others] = await pools.accounts();
    expect(others).toEqual([]);
    expect(account).toMatchObject({
      apiVersion: 'aws.managed.openshift.io/v1alpha1',
      metadata: {
        namespace: 'aws-account-operator',
        name: 'osd-creds-mgmt-bbbbb1',
        labels: { iamUserId: 'bbbbb1' },
        finalizers: ['finalizer.aws.managed.openshift.io'],
        ownerReferences: [
          { kind: 'AccountPool', name: 'p', uid: (await pools.pool()).metadata.uid, controller: true },
        ],
      },
      spec: { awsAccountID: '', iamUserSecret: '', accountPool: 'p' },
    });
    expect(await pools.status()).toMatchObject({
      unclaimedAccounts: 1,
      accountsPending: 1,
      awsLimitDelta: 998,
    });
    expect(await pools.slots()).toEqual(['osd-creds-mgmt-bbbbb1']);
  });

  it('is filled, and not beyond, look by look', async () => {
    const pools = await Pools.of(3);
    expect(await pools.fill()).toEqual(done);
    await pools.fill();
    expect(await pools.accounts()).toHaveLength(3);
  });

  it.each([
    ['has failed before anything was made', { status: { state: 'Failed' as const } }],
    ['was claimed', { spec: { claimLink: 'claim' } }],
    ['has a customer', { spec: { legalEntity: { id: '7', name: 'seven' } } }],
  ])('replaces an account that %s', async (_, change) => {
    const pools = await Pools.of(2);
    await pools.fill();
    const [first] = await pools.accounts();
    await pools.change(first?.metadata.name ?? '', change);
    await pools.fill();
    expect(await pools.accounts()).toHaveLength(3);
    expect((await pools.status())?.unclaimedAccounts).toBe(2);
  });

  it('replaces an account that was deleted', async () => {
    const pools = await Pools.of(2);
    await pools.fill();
    const [first] = await pools.accounts();
    await pools.store.delete({
      kind: 'Account',
      namespace: 'aws-account-operator',
      name: first?.metadata.name ?? '',
    });
    await pools.fill();
    expect((await pools.status())?.unclaimedAccounts).toBe(2);
    expect((await pools.accounts()).filter(({ metadata }) => !metadata.deletionTimestamp)).toHaveLength(2);
  });

  it('does not take the accounts of another pool, of none, or of a customer for its own', async () => {
    const pools = await Pools.of(1);
    await pools.add('a', { state: 'Ready' }, { accountPool: 'other' });
    await pools.add('b', { state: 'Ready' }, { accountPool: undefined });
    await pools.add('c', { state: 'Ready' }, { byoc: true });
    await pools.fill();
    expect(await pools.status()).toMatchObject({ unclaimedAccounts: 1, accountsPending: 1 });
  });

  it('tries another name when its is taken', async () => {
    const pools = await Pools.of(1);
    await pools.add('osd-creds-mgmt-bbbbb1', undefined, { accountPool: 'other' });
    expect(await pools.fill()).toEqual(done);
    expect((await pools.status())?.reservedAccounts).toEqual(['osd-creds-mgmt-bbbbb2']);
  });

  it('makes none once it is to go', async () => {
    const pools = await Pools.of(1);
    const pool = await pools.pool();
    const going = { ...pool.metadata, deletionTimestamp: '2026-03-01T09:00:00Z' };
    expect(await pools.reconcile('p', { ...pool, metadata: going })).toEqual(done);
    expect(await pools.accounts()).toEqual([]);
  });
});

describe('a pool whose accounts fail one after the other', () => {
  /** Has every account fail as soon as it is made, until the pool makes no other. */
  async function failing(poolSize: number): Promise<Pools> {
    const pools = await Pools.of(poolSize);
    for (let looks = 0; looks < 100; looks += 1) {
      const ended = await pools.reconcile();
      const made = (await pools.accounts()).filter(({ status }) => status?.state !== 'Failed');
      if (made.length === 0 && ended.outcome === 'again' && ended.afterSeconds > 0) return pools;
      for (const { metadata } of made) await pools.change(metadata.name, { status: { state: 'Failed' } });
      await pools.observe();
    }
    throw new Error('it makes accounts without an end');
  }

  it.each([
    ['five', 1, 5],
    ['as many as it is to have', 8, 8],
  ])('replaces %s, and then waits for somebody to look', async (_, poolSize, failed) => {
    const pools = await failing(poolSize);
    expect(await pools.reconcile()).toEqual(again(300));
    expect(await pools.accounts()).toHaveLength(failed);
    expect(await pools.status()).toMatchObject({ unclaimedAccounts: 0, accountsFailed: failed });
  });

  it.each([
    ['mended', (pools: Pools, name: string) => pools.change(name, { status: { state: '' } })],
    [
      'deleted',
      (pools: Pools, name: string) =>
        pools.store.delete({ kind: 'Account', namespace: 'aws-account-operator', name }),
    ],
  ])('is filled again when one of them was %s', async (_, act) => {
    const pools = await failing(2);
    const [first] = await pools.accounts();
    await act(pools, first?.metadata.name ?? '');
    await pools.observe();
    expect(await pools.fill()).toEqual(done);
    expect(await pools.status()).toMatchObject({ unclaimedAccounts: 2, accountsFailed: 4 });
  });
});

describe('a pool is never overfilled', () => {
  it('by two workers that have read the same', async () => {
    const pools = await Pools.of(1);
    const pool = await pools.pool();
    const ended = await Promise.allSettled([pools.reconcile('p', pool), pools.reconcile('p', pool)]);
    expect(ended.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(ended.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: expect.any(ConflictError),
    });
    expect(await pools.accounts()).toHaveLength(1);
  });

  it('by a worker whose answer was lost', async () => {
    const circumstances = { lost: false };
    const pools = await Pools.of(1);
    const transact = pools.store.transact.bind(pools.store);
    pools.store.transact = async (steps) => {
      const ended = await transact(steps);
      if (!circumstances.lost) {
        circumstances.lost = true;
        throw new Error('the answer is lost');
      }
      return ended;
    };
    await expect(pools.reconcile()).rejects.toThrow('lost');
    expect(await pools.fill()).toEqual(done);
    expect(await pools.accounts()).toHaveLength(1);
  });

  it('while the index does not show what was made', async () => {
    const pools = await Pools.of(3);
    await pools.store.stopIndex();
    expect(await pools.fill()).toEqual(done);
    expect(await pools.accounts()).toHaveLength(3);
    expect(await pools.status()).toMatchObject({ unclaimedAccounts: 3, accountsPending: 3 });
  });

  it('when the index has shown an account and then shows it no more', async () => {
    const pools = await Pools.of(2);
    await pools.reconcile();
    await pools.store.stopIndex();
    pools.store.catchUp();
    await pools.fill();
    await pools.reconcile();
    await pools.store.stopIndex();
    await pools.fill();
    expect(await pools.accounts()).toHaveLength(2);
  });

  it('and is filled again once the index shows that an account has left', async () => {
    const pools = await Pools.of(2);
    await pools.fill();
    await pools.store.stopIndex();
    const [first] = await pools.accounts();
    await pools.change(first?.metadata.name ?? '', { status: { state: 'Failed' } });
    await pools.fill();
    expect(await pools.accounts()).toHaveLength(2);
    pools.store.catchUp();
    await pools.fill();
    expect(await pools.accounts()).toHaveLength(3);
  });
});

describe('the limit of the organization', () => {
  it('is kept, and the pool looks again in five minutes', async () => {
    const pools = await Pools.of(3, { awsLimit: 3 });
    expect(await pools.fill()).toEqual(again(300));
    expect(await pools.accounts()).toHaveLength(2);
    expect(await pools.status()).toMatchObject({ unclaimedAccounts: 2, awsLimitDelta: 0 });
  });

  it('is reached when there are as many accounts as it says', async () => {
    const pools = await Pools.of(1, { awsLimit: 5 });
    await pools.count({ accounts: 4, inProgress: 1 });
    expect(await pools.reconcile()).toEqual(again(300));
    expect(await pools.accounts()).toEqual([]);
  });

  it('is kept by two pools that want the last place at the same moment', async () => {
    const pools = await Pools.of(1, { awsLimit: 2 });
    await pools.store.create({
      apiVersion: 'aws.managed.openshift.io/v1alpha1',
      kind: 'AccountPool',
      metadata: { namespace: 'aws-account-operator', name: 'q' },
      spec: { poolSize: 1 },
    });
    await Promise.allSettled([pools.reconcile('p'), pools.reconcile('q')]);
    expect([await pools.fill('p'), await pools.fill('q')]).toContainEqual(again(300));
    expect(await pools.accounts()).toHaveLength(1);
  });

  it.each([
    ['was not counted yet', { awsLimit: 10 }, false, {}],
    ['could not be counted', { awsLimit: 10 }, true, { problem: 'throttled' }],
    ['has no limit that anybody knows', { awsLimit: undefined }, true, {}],
  ])('lets none be made while the organization %s', async (_, circumstances, isCounted, status) => {
    const pools = await Pools.of(1, circumstances);
    if (isCounted) await pools.count(status);
    else await pools.store.delete(organizationLimitKey);
    expect(await pools.reconcile()).toEqual(again(300));
    expect(await pools.accounts()).toEqual([]);
    expect((await pools.status())?.awsLimitDelta).toBeUndefined();
  });
});

describe('a look at a pool', () => {
  /** The calls of a look at a pool of three of which many accounts were claimed. */
  async function callsWith(claimed: number): Promise<string[]> {
    const pools = await Pools.of(3);
    for (let index = 0; index < claimed; index += 1) {
      await pools.add(`claimed-${index}`, { state: 'Ready', claimed: true }, { claimLink: 'claim' });
    }
    await pools.observe();
    await pools.fill();
    const before = pools.store.calls.length;
    await pools.reconcile();
    expect((await pools.status())?.claimedAccounts).toBe(claimed);
    return pools.store.calls.slice(before);
  }

  it('costs the same calls whether there are few accounts or very many', async () => {
    const few = await callsWith(10);
    expect(await callsWith(2_000)).toEqual(few);
    expect(few.length).toBeLessThan(10);
    expect(few).not.toContain('list');
    expect(few).not.toContain('index');
  });
});
