import { describe, expect, it } from '@jest/globals';
import { again, type Controller, done } from '../../shared/reconcile/reconcile.ts';
import type { Resource } from '../../shared/resources/resource.ts';
import { calm } from './engine/climate.ts';
import { overSeeds } from './engine/seeds.ts';
import { simulate } from './engine/simulate.ts';
import type { Hands, Simulated, World } from './engine/simulation.ts';

/** A world in which nothing happens. */
const nothing: World = { changes: 0, settlesAt: new Date(0) };

type Basket = Resource<{ size: number }, { apples: number }>;

const basketKey = { kind: 'Basket', namespace: 'ns', name: 'b' };

/** Keeps a basket of as many apples as it is to have, one of which goes bad now and then. */
const baskets = ({ store }: Hands<World>): Controller<{ size: number }, { apples: number }> => ({
  kind: 'Basket',
  reconcile: async (basket: Basket) => {
    const names = Array.from({ length: basket.spec.size }, (_, number) => `apple-${number}`);
    for (const name of names) {
      await store.create({ apiVersion: 'v1', kind: 'Apple', metadata: { namespace: 'ns', name }, spec: {} });
    }
    if (basket.status?.apples === names.length) return done;
    await store.updateStatus({ ...basket, status: { apples: names.length } });
    return again(0);
  },
});

const orchard = (seed: number, isWatched: boolean): Simulated<World> => ({
  seed,
  world: () => nothing,
  controllers: (hands) => [baskets(hands)],
  observers: ({ queue }) => [
    async (changes) => {
      const apples = changes.some((change) => change.before?.kind === 'Apple' && !change.after);
      if (isWatched && apples) await queue.add([{ key: basketKey, afterSeconds: 0 }]);
    },
  ],
  scenario: ({ at, random }) => {
    at(0, 'a basket of three', ({ store }) =>
      store.create({
        apiVersion: 'v1',
        kind: 'Basket',
        metadata: { namespace: 'ns', name: 'b' },
        spec: { size: 3 },
      }),
    );
    const name = `apple-${random.integer(0, 2)}`;
    at(random.between(400, 3_000), `${name} goes bad`, ({ store }) =>
      store.delete({ kind: 'Apple', namespace: 'ns', name }),
    );
  },
  invariants: [
    {
      name: 'the basket is full',
      holds: 'at the end',
      violation: ({ resources }) => {
        const { length } = resources('Apple');
        return length === 3 ? undefined : `there are ${length} apples`;
      },
    },
  ],
});

describe('an observer of the stream', () => {
  it('is shown every change in the end, so that what it wakes is right, whatever is lost', async () => {
    await expect(overSeeds(100, (seed) => simulate(orchard(seed, true)))).resolves.toBeGreaterThan(0);
  });

  it('has whom it wakes looked at soon, where a sweep would take minutes', async () => {
    const seconds = async (isWatched: boolean) => {
      const { trace } = await simulate({ ...orchard(3, isWatched), climate: calm });
      const lines = trace();
      const bad = lines.findIndex((line) => line.includes('goes bad'));
      const good = lines.findIndex((line, index) => index > bad && line.includes('store:create Apple'));
      return secondsOf(lines[good] ?? '') - secondsOf(lines[bad] ?? '');
    };
    expect(await seconds(true)).toBeLessThan(10);
    expect(await seconds(false)).toBeGreaterThan(10);
  });
});

function secondsOf(line: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = (/^\S+/.exec(line)?.[0] ?? '').split(':').map(Number);
  return hours * 3_600 + minutes * 60 + seconds;
}
