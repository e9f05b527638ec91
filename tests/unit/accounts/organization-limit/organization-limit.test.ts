import { describe, expect, it } from '@jest/globals';
import type { AccountCount } from '../../../../accounts/aws/organization.ts';
import { limitWatcher } from '../../../../accounts/organization-limit/limit-watcher.ts';
import { mayCreate } from '../../../../accounts/organization-limit/may-create.ts';
import { readLimit } from '../../../../accounts/organization-limit/organization-limit.ts';
import { again, done } from '../../../../shared/reconcile/reconcile.ts';
import { Pools } from '../../../support/fakes/account-pools.ts';
import { awsError } from '../../../support/fakes/aws-errors.ts';

/** A watcher of an organization, with a clock. */
async function watched(pools = new Pools()) {
  const { store } = pools;
  const state: { minutes: number; found: AccountCount | Error; onCount?: () => Promise<unknown> } = {
    minutes: 0,
    found: { accounts: 1, closed: 0, inProgress: 0 },
  };
  const now = () => new Date(Date.parse('2026-03-01T09:00:00Z') + state.minutes * 60_000);
  const count = async () => {
    await state.onCount?.();
    if (state.found instanceof Error) throw state.found;
    return state.found;
  };
  const watcher = limitWatcher({ store, organization: { count } });
  const watch = async () => watcher.reconcile(await readLimit(store), { now, remainingMs: () => 300_000 });
  const status = async () => (await readLimit(store)).status;
  const ask = (name: string, awsLimit: number | undefined = 5) =>
    mayCreate({ store, awsLimit })({ metadata: { name } });
  return { pools, store, state, watch, status, ask };
}

describe('the watcher of the limit', () => {
  it('counts what is not closed, and what is under way', async () => {
    const { state, watch, status } = await watched();
    state.found = { accounts: 12, closed: 3, inProgress: 2 };
    expect(await watch()).toEqual(done);
    expect(await status()).toEqual({
      accounts: 9,
      inProgress: 2,
      countedAt: '2026-03-01T09:00:00.000Z',
      slots: [],
    });
  });

  it('writes nothing when it counts the same again', async () => {
    const { store, state, watch } = await watched();
    await watch();
    const writes = store.changes.length;
    state.minutes = 5;
    await watch();
    expect(store.changes).toHaveLength(writes);
  });

  it('keeps the last count when AWS does not answer, has none made, and tries soon again', async () => {
    const { state, watch, status, ask } = await watched();
    await watch();
    state.found = awsError('organizations:ListAccounts', 'AccessDeniedException');
    expect(await watch()).toEqual(again(60));
    expect(await status()).toMatchObject({ accounts: 1, problem: expect.stringContaining('AccessDenied') });
    expect(await ask('a')).toMatchObject({ allowed: false, why: expect.stringContaining('AccessDenied') });
    state.found = { accounts: 1, closed: 0, inProgress: 0 };
    await watch();
    expect(await ask('a')).toEqual({ allowed: true });
  });

  it('says so when AWS has never answered', async () => {
    const { state, watch, status } = await watched();
    state.found = awsError('organizations:ListAccounts', 'ThrottlingException');
    await watch();
    expect(await status()).toMatchObject({ accounts: 0, problem: expect.any(String), slots: [] });
  });

  it('breaks when the fault is its own', async () => {
    const { state, watch } = await watched();
    state.found = new TypeError('x is not a function');
    await expect(watch()).rejects.toThrow('x is not a function');
  });

  it('does not lose a slot that was taken while it was counting', async () => {
    const { state, watch, status, ask } = await watched();
    await watch();
    state.onCount = () => ask('a');
    state.found = { accounts: 2, closed: 0, inProgress: 0 };
    await watch();
    expect(await status()).toMatchObject({ accounts: 2, slots: [{ account: 'a' }] });
  });
});

describe('the slot of an account', () => {
  const settled = async (change: Parameters<Pools['change']>[1] | 'gone') => {
    const all = await watched();
    const { pools, store, watch, status, ask, state } = all;
    await watch();
    await pools.add('a');
    await ask('a');
    await watch();
    expect((await status())?.slots).toEqual([{ account: 'a' }]);
    const key = { kind: 'Account', namespace: 'aws-account-operator', name: 'a' };
    if (change === 'gone') await store.delete(key);
    else await pools.change('a', change);
    state.minutes += 5;
    await watch();
    return all;
  };

  it.each([
    ['has its AWS account', { spec: { awsAccountID: '000000112120' } }],
    ['has failed', { status: { state: 'Failed' as const } }],
    ['is gone', 'gone' as const],
  ])('is given back when the account %s, as soon as AWS must have counted it', async (_, change) => {
    const { state, watch, status } = await settled(change);
    expect((await status())?.slots).toMatchObject([{ account: 'a', settledAt: expect.any(String) }]);
    state.minutes += 4;
    await watch();
    expect((await status())?.slots).toHaveLength(1);
    state.minutes += 1;
    await watch();
    expect((await status())?.slots).toEqual([]);
  });

  it('is kept while AWS does not answer', async () => {
    const { state, watch, status } = await settled('gone');
    state.minutes += 60;
    state.found = awsError('organizations:ListAccounts', 'ThrottlingException');
    await watch();
    expect((await status())?.slots).toHaveLength(1);
  });

  it('that was settled is none for an account that begins anew', async () => {
    const { ask, status } = await settled({ status: { state: 'Failed' } });
    expect(await ask('a')).toEqual({ allowed: true });
    expect((await status())?.slots).toHaveLength(2);
  });
});

describe('an account may be made', () => {
  it('when there is room, and has a slot from then on', async () => {
    const { watch, ask, status } = await watched();
    await watch();
    expect(await ask('a')).toEqual({ allowed: true });
    expect(await ask('a')).toEqual({ allowed: true });
    expect((await status())?.slots).toEqual([{ account: 'a' }]);
  });

  it('until the organization has as many as its limit says', async () => {
    const { watch, ask, state } = await watched();
    state.found = { accounts: 2, closed: 0, inProgress: 1 };
    await watch();
    expect([await ask('a'), await ask('b')]).toEqual([{ allowed: true }, { allowed: true }]);
    expect(await ask('c')).toEqual({
      allowed: false,
      why: 'the organization has its 5 accounts',
      afterSeconds: 300,
    });
  });

  it('by its slot, but not when others have filled the organization since: the oldest slots come first', async () => {
    const { pools, watch, ask, state } = await watched();
    await watch();
    for (const name of ['a', 'b', 'c']) {
      await pools.add(name);
      await ask(name);
    }
    state.found = { accounts: 3, closed: 0, inProgress: 0 };
    await watch();
    expect((await Promise.all(['a', 'b', 'c'].map((name) => ask(name)))).map((one) => one.allowed)).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('before the first count by nobody, which is asked for', async () => {
    const { ask, store } = await watched();
    expect(await ask('a')).toMatchObject({ allowed: false, why: expect.stringContaining('not counted yet') });
    expect(store.changes.map(({ after }) => after?.kind)).toEqual(['OrganizationLimit']);
  });

  it('by nobody without a limit that is a number', async () => {
    const { watch, store } = await watched();
    await watch();
    const asked = await mayCreate({ store, awsLimit: undefined })({ metadata: { name: 'a' } });
    expect(asked).toMatchObject({ allowed: false, why: expect.stringContaining('awsLimit') });
  });

  it('by as many as there is room for, when they ask at the same moment', async () => {
    const { watch, ask, state } = await watched();
    state.found = { accounts: 3, closed: 0, inProgress: 0 };
    await watch();
    const asked = await Promise.all(['a', 'b', 'c', 'd'].map((name) => ask(name)));
    expect(asked.filter(({ allowed }) => allowed)).toHaveLength(2);
  });
});
