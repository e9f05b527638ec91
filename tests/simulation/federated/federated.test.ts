import { describe, expect, it } from '@jest/globals';
import { accessesIn } from '../../../accounts/resources/api.ts';
import { federatedAccessKind } from '../../../accounts/resources/aws-federated-account-access.ts';
import type { Resource, ResourceKey } from '../../../shared/resources/resource.ts';
import type { ResourceStore } from '../../../shared/resources/resource-store.ts';
import type { Step } from '../../../shared/resources/steps.ts';
import { overSeeds } from '../engine/seeds.ts';
import { everyCrash, simulate } from '../engine/simulate.ts';
import { type Faults, federatedOf, oneGrant } from './federated-scenario.ts';

describe('federated roles and accesses', () => {
  it('leave nothing and give nobody too much, whatever goes wrong', async () => {
    expect(await overSeeds(60, (seed) => simulate(federatedOf(seed)))).toBeGreaterThan(0);
  }, 3_600_000);

  it('come to be Ready in every run in which they can be', async () => {
    const states: unknown[] = [];
    for (let seed = 1; seed <= 20; seed += 1) {
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

/** A store of which some methods are others. */
const withOther = (store: ResourceStore, methods: Partial<ResourceStore>): ResourceStore =>
  new Proxy(store, {
    get: (target, name) => methods[name as keyof ResourceStore] ?? target[name as keyof ResourceStore],
  });

/** Nobody else is kept: what is written of accounts and claims is left out. */
const unfenced = (store: ResourceStore): ResourceStore => {
  const isFence = (step: Step): boolean =>
    step.do === 'update' && accessesIn(step.resource.metadata.finalizers).length > 0;
  return withOther(store, { transact: (steps) => store.transact(steps.filter((step) => !isFence(step))) });
};

const without = <R extends Resource>(resource: R, field: string): R =>
  resource.status && field in resource.status
    ? { ...resource, status: { ...resource.status, [field]: undefined } }
    : resource;

/** What was written down of a try is forgotten. */
const forgetful = (store: ResourceStore): ResourceStore =>
  withOther(store, {
    get: (async (key: ResourceKey) => {
      const found = await store.get(key);
      return found && without(found, 'trial');
    }) as ResourceStore['get'],
    updateStatus: (async (resource: Resource) =>
      store.updateStatus(without(resource, 'trial'))) as ResourceStore['updateStatus'],
  });

/** A role does not see who uses it. */
const blind = (store: ResourceStore): ResourceStore =>
  withOther(store, {
    select: async (request) => (request.kind === federatedAccessKind.kind ? [] : store.select(request)),
  });

describe('a controller that', () => {
  it.each<[string, Faults, RegExp]>([
    ['keeps nobody from giving the account on', { spoil: unfenced }, /is that customer’s/],
    ['does not write down what it tries', { spoil: forgetful }, /nothing is left of what was tried/],
    ['lets a role go that is used', { spoil: blind }, /as long as something is made of it/],
    [
      'does not wait until all is seen',
      { settings: { settleSeconds: 0 } },
      /written down|exactly what|was tried/,
    ],
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
