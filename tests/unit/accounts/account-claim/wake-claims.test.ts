import { describe, expect, it } from '@jest/globals';
import { wakeClaims } from '../../../../accounts/account-claim/wake-claims.ts';
import { accountRules } from '../../../../accounts/resources/account-rules.ts';
import { keyOf } from '../../../../shared/resources/resource.ts';
import { ours } from '../../../support/fakes/account-claims.ts';
import { aClaim, anAccount, store as put } from '../../../support/fakes/account-resources.ts';
import { MemoryStore } from '../../../support/fakes/memory-store.ts';
import { MemoryWorkQueue } from '../../../support/fakes/memory-work-queue.ts';

const defaultAccountPool = 'osd-creds-mgmt';

/** A store with claims that wait, the first one longest. */
async function waiting(...pools: string[]): Promise<MemoryStore> {
  let minutes = 0;
  const now = () => new Date(Date.parse('2026-01-01T00:00:00Z') + minutes * 60_000);
  const store = new MemoryStore({ now }, accountRules);
  for (const [index, accountPool] of pools.entries()) {
    minutes += 1;
    await put(store, aClaim({ name: `claim-${index}` }, { accountPool }), {
      state: 'Pending',
      conditions: [],
    });
  }
  return store;
}

/** The claims that are looked at when an account becomes as it is told. */
async function wokenBy(store: MemoryStore, spec: object, before: object, after?: object): Promise<string[]> {
  const queue = new MemoryWorkQueue();
  const account = await put(store, anAccount({}, spec), before);
  const from = store.changes.length;
  if (after) await store.updateStatus({ ...account, status: after });
  else await store.delete(keyOf(account));
  await wakeClaims({ store, queue, defaultAccountPool })(store.changes.slice(from));
  const names = (seconds: number) =>
    queue.added.flatMap(({ key, afterSeconds }) => (afterSeconds === seconds ? [key.name] : []));
  expect(names(5)).toEqual(names(0));
  return names(0);
}

const ready = { state: 'Ready' };
const nearly = { state: 'PendingVerification' };

describe('an account that has become Ready', () => {
  it('wakes the claim of its pool that has waited longest, now and when the index shows it', async () => {
    const store = await waiting('p', 'p', 'q');
    expect(await wokenBy(store, { accountPool: 'p' }, nearly, ready)).toEqual(['claim-0']);
  });

  it('of the default pool wakes claims that name none, too', async () => {
    const store = await waiting('', 'big');
    const woken = await wokenBy(store, { accountPool: 'osd-creds-mgmt' }, nearly, ready);
    expect(woken).toEqual(['claim-0']);
  });

  it('for its customer again wakes whoever may be one of his', async () => {
    const store = await waiting('p', 'p', 'q');
    const spec = { accountPool: 'p', legalEntity: ours };
    const woken = await wokenBy(store, spec, { state: 'Cleaning' }, ready);
    expect(woken).toEqual(['claim-0', 'claim-1']);
  });
});

describe('a claim is looked at', () => {
  const spec = { claimLink: 'claim-0', claimLinkNamespace: 'default', byoc: true };

  it.each([
    ['is ready', nearly, ready],
    ['has failed', ready, { state: 'Failed' }],
  ])('when its account %s', async (_, before, after) => {
    const store = await waiting('p');
    expect(await wokenBy(store, spec, before, after)).toEqual(['claim-0']);
  });

  it('when its account is gone', async () => {
    const store = await waiting('p');
    expect(await wokenBy(store, spec, ready)).toEqual(['claim-0']);
  });
});

it('wakes nobody when an account has only been rotated', async () => {
  const store = await waiting('p');
  const rotated = { ...ready, rotateCredentials: true };
  expect(await wokenBy(store, { accountPool: 'p' }, ready, rotated)).toEqual([]);
});
