import { describe, expect, it } from '@jest/globals';
import { again, type Controller, done } from '../../shared/reconcile/reconcile.ts';
import { overSeeds } from './engine/seeds.ts';
import { simulate } from './engine/simulate.ts';
import type { Hands, Simulated, World } from './engine/simulation.ts';

const nothing: World = { changes: 0, settlesAt: new Date(0) };

type NameOf = (number: number) => string;

/** Fills a shelf one book at a time, as far as the index shows books on it. */
const shelves = ({ store }: Hands<World>, nameOf: NameOf): Controller<{ size: number }, object> => ({
  kind: 'Shelf',
  reconcile: async ({ spec }) => {
    let books = 0;
    for await (const _ of store.index('Book')) books += 1;
    if (books >= spec.size) return done;
    const metadata = { namespace: 'ns', name: nameOf(books) };
    await store.create({ apiVersion: 'v1', kind: 'Book', metadata, spec: {} });
    return again(0);
  },
});

const library = (seed: number, nameOf: (hands: Hands<World>) => NameOf): Simulated<World> => ({
  seed,
  world: () => nothing,
  controllers: (hands) => [shelves(hands, nameOf(hands))],
  scenario: ({ at }) => {
    const shelf = {
      apiVersion: 'v1',
      kind: 'Shelf',
      metadata: { namespace: 'ns', name: 's' },
      spec: { size: 5 },
    };
    at(0, 'a shelf for five', ({ store }) => store.create(shelf));
  },
  invariants: [
    {
      name: 'there are five books',
      holds: 'at the end',
      violation: ({ resources }) => {
        const { length } = resources('Book');
        return length === 5 ? undefined : `there are ${length}`;
      },
    },
  ],
});

describe('an index', () => {
  it('shows less than there is, so that who counts by it makes too many', async () => {
    const counting = overSeeds(20, (seed) =>
      simulate(
        library(
          seed,
          ({ random }) =>
            () =>
              random.text(6),
        ),
      ),
    );
    await expect(counting).rejects.toThrow('there are five books');
  });

  it('harms nobody who makes the same thing again', async () => {
    await overSeeds(100, (seed) => simulate(library(seed, () => (number) => `book-${number}`)));
  });
});
