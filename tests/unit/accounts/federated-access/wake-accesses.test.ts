import { describe, expect, it } from '@jest/globals';
import { wakeAccesses } from '../../../../accounts/federated-access/wake-accesses.ts';
import { anAccess, roleSpecs } from '../../../simulation/federated/people.ts';
import { FederatedLife } from '../../../support/fakes/federated-life.ts';
import { MemoryWorkQueue } from '../../../support/fakes/memory-work-queue.ts';

const [custom, both] = roleSpecs;

/** A life with an access that rests. */
async function resting(): Promise<FederatedLife> {
  const life = new FederatedLife();
  await life.ready(custom);
  await life.until(life.accessKey);
  return life;
}

/** What is put on the queue for what something has changed. */
async function wokenBy(life: FederatedLife, act: () => Promise<unknown>) {
  const queue = new MemoryWorkQueue();
  const from = life.store.changes.length;
  await act();
  await wakeAccesses({ store: life.store, queue })(life.store.changes.slice(from));
  return queue.added.map(({ key, afterSeconds }) => `${key.kind} ${key.name} ${afterSeconds}`).toSorted();
}

const access = 'AWSFederatedAccountAccess access';

describe('an access is looked at', () => {
  it('when its role was judged anew: at once, and when the index shows more', async () => {
    const life = await resting();
    await life.describe(both);
    expect(await wokenBy(life, () => life.until(life.roleKey))).toEqual([`${access} 0`, `${access} 5`]);
  });

  it.each([0, 1, 3])('with all others of its role, be they %s, and none of another', async (others) => {
    const life = await resting();
    for (let number = 1; number <= others; number += 1) {
      await life.store.create(anAccess('uhc-two', `other-${number}`, 'network'));
    }
    await life.store.create(anAccess('uhc-two', 'stranger', 'billing'));
    await life.describe(both);
    const woken = await wokenBy(life, () => life.until(life.roleKey));
    expect(woken.filter((one) => one.endsWith(' 0'))).toHaveLength(1 + others);
    expect(woken.join()).not.toMatch(/stranger/);
  });

  it('when its role is to go', async () => {
    const life = await resting();
    expect(await wokenBy(life, () => life.store.delete(life.roleKey))).toEqual([
      `${access} 0`,
      `${access} 5`,
    ]);
  });

  it.each([
    [
      'its claim is to go',
      async (life: FederatedLife) =>
        life.store.delete({ ...(await life.claim()), ...(await life.claim()).metadata }),
    ],
    [
      'its account is another one’s',
      async (life: FederatedLife) => life.change(await life.account(), { claimLink: 'other' }),
    ],
  ])('when %s', async (_, act) => {
    const life = await resting();
    expect(await wokenBy(life, () => act(life))).toEqual([`${access} 0`]);
  });
});

describe('who waits for an access', () => {
  it('is looked at when it is gone: the claim, and the role', async () => {
    const life = await resting();
    const claim = await life.claim();
    await life.store.delete({ kind: claim.kind, ...claim.metadata });
    await life.store.delete(life.accessKey);
    const woken = await wokenBy(life, () => life.until(life.accessKey));
    expect(woken).toEqual(
      expect.arrayContaining([
        'AccountClaim claim 0',
        'AWSFederatedRole network 0',
        'AWSFederatedRole network 5',
      ]),
    );
  });
});

describe('an access is left alone', () => {
  it('when nothing changes that it goes by', async () => {
    const life = await resting();
    const status = { rotateCredentials: true };
    expect(await wokenBy(life, async () => life.change(await life.account(), {}, status))).toEqual([]);
  });
});
