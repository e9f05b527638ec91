import { describe, expect, it } from '@jest/globals';
import { federatedAccessKind } from '../../../accounts/resources/aws-federated-account-access.ts';
import { overSeeds } from '../engine/seeds.ts';
import { everyCrash, simulate } from '../engine/simulate.ts';
import { type Faults, federatedOf, federatedWithClaims, oneGrant } from './federated-scenario.ts';
import * as wrong from './wrong-controllers.ts';

describe('federated roles and accesses', () => {
  it('leave nothing and give nobody too much, whatever goes wrong', async () => {
    expect(await overSeeds(40, (seed) => simulate(federatedOf(seed)))).toBeGreaterThan(0);
  }, 3_600_000);

  it('keep claims and accounts from going on as long as there is a role', async () => {
    expect(await overSeeds(15, (seed) => simulate(federatedWithClaims(seed)))).toBeGreaterThan(0);
  }, 3_600_000);

  it('come to be Ready in every run in which they can be', async () => {
    const states: unknown[] = [];
    for (let seed = 1; seed <= 8; seed += 1) {
      const { resources } = await simulate(federatedOf(seed));
      states.push(
        ...resources(federatedAccessKind.kind).map((one) => (one.status as { state: string }).state),
      );
    }
    expect(new Set(states)).toEqual(new Set(['Ready', 'InProgress', 'Failed']));
  }, 300_000);

  it('stand a crash before and after every call, from the first to the last', async () => {
    expect(await everyCrash(oneGrant())).toBeGreaterThan(60);
  }, 600_000);
});

describe('a controller that', () => {
  it.each<[string, Faults, RegExp]>([
    ['keeps nobody from giving the account on', wrong.unfenced, /is that customer’s/],
    ['says that all is gone without a look', wrong.careless, /nothing is made that is not written down/],
    ['does not write down what it tries', wrong.forgetful, /nothing is left of what was tried/],
    ['lets a role go that is used', wrong.blind, /as long as something is made of it/],
    ['takes what it has found for good', wrong.complacent, /is judged as it is now/],
    ['does not follow its role', wrong.nostalgic, /exactly what its role says/],
    ['does not come in', wrong.shy, /every access that can be Ready is/],
    ['keeps what it has let go of', wrong.clinging, /nothing waits to be deleted/],
    ['does not wait until all is seen', wrong.hasty, /written down|exactly what|was tried/],
  ])(
    '%s is caught',
    async (_, faults, what) => {
      const runs = async () => {
        for (let seed = 1; seed <= 100; seed += 1) await simulate(federatedOf(seed, faults));
      };
      await expect(runs()).rejects.toThrow(what);
    },
    300_000,
  );
});
