import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PaintShop } from '../../../support/reconcile/paint-shop.ts';

/** Something that happens to the system: what a customer does, what events do, a worker that may end at any step. */
type Happening = (shop: PaintShop) => Promise<unknown>;

const colours = ['red', 'green', 'blue'];

const happening: fc.Arbitrary<[string, Happening]> = fc.oneof(
  fc
    .constantFrom(...colours)
    .map((colour): [string, Happening] => [`want ${colour}`, (shop) => shop.want(colour)]),
  // A record may get lost, come once, or come several times.
  fc
    .integer({ min: 0, max: 3 })
    .map((times): [string, Happening] => [`tell ${times}`, (shop) => shop.tell(times)]),
  fc
    .integer({ min: 1, max: 8 })
    .map((steps): [string, Happening] => [`crash at ${steps}`, (shop) => shop.work(steps)]),
  fc.constant<[string, Happening]>(['work', (shop) => shop.work()]),
);

const history = fc.array(happening, { minLength: 1, maxLength: 40 });

describe('whatever happens to events and workers', () => {
  it('a resource ends as it was last wanted', async () => {
    await fc.assert(
      fc.asyncProperty(history, fc.constantFrom(...colours), async (happenings, last) => {
        const shop = new PaintShop();
        for (const [, happen] of happenings) await happen(shop);
        await shop.want(last);
        await shop.settle();
        expect(await shop.widget()).toMatchObject({ spec: { colour: last }, status: { painted: last } });
      }),
      { numRuns: 300 },
    );
  });

  it('a resource ends as it was last wanted without a sweep, unless an event is lost', async () => {
    const events = history.map((happenings) => happenings.filter(([name]) => name !== 'tell 0'));
    await fc.assert(
      fc.asyncProperty(events, fc.constantFrom(...colours), async (happenings, last) => {
        const shop = new PaintShop();
        for (const [, happen] of happenings) await happen(shop);
        await shop.want(last);
        await shop.settleByEvents();
        expect(await shop.widget()).toMatchObject({ spec: { colour: last }, status: { painted: last } });
      }),
      { numRuns: 300 },
    );
  });

  it('an effect is never left out, and asked for again, by the same key, after a crash only', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (happenings) => {
        const shop = new PaintShop();
        await shop.want('red');
        for (const [, happen] of happenings) await happen(shop);
        await shop.settle();
        expect(await shop.isPainted()).toBe(true);
        expect(shop.repeated).toBeLessThanOrEqual(shop.crashes);
      }),
      { numRuns: 300 },
    );
  });

  it('a resource that is to go is gone', async () => {
    await fc.assert(
      fc.asyncProperty(history, history, async (before, after) => {
        const shop = new PaintShop();
        await shop.want('red');
        for (const [, happen] of before) await happen(shop);
        await shop.discard();
        const events = after.filter(([name]) => !name.startsWith('want'));
        for (const [, happen] of events) await happen(shop);
        await shop.settle();
        expect(await shop.widget()).toBeUndefined();
      }),
      { numRuns: 200 },
    );
  });

  it('nothing is left over when it has settled: another look asks for nothing', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (happenings) => {
        const shop = new PaintShop();
        for (const [, happen] of happenings) await happen(shop);
        await shop.settle();
        const before = new Map(shop.orders);
        await shop.settle();
        expect(shop.orders).toEqual(before);
      }),
      { numRuns: 100 },
    );
  });
});

describe('two workers and a customer at once', () => {
  it('end with what was last wanted, in whatever order their calls get through', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.constantFrom(...colours), async (scheduler, colour) => {
        const shop = new PaintShop(() => scheduler.schedule(Promise.resolve()));
        const all = async () => {
          await shop.want('red');
          await shop.tell(1);
          await shop.settle();
          await Promise.all([shop.want('green'), shop.settle(), shop.settle()]);
          await shop.want(colour);
          await shop.settle();
        };
        await scheduler.waitFor(
          all().then(async () => {
            expect(await shop.widget()).toMatchObject({ spec: { colour }, status: { painted: colour } });
            expect(await shop.isPainted()).toBe(true);
          }),
        );
      }),
      { numRuns: 100 },
    );
  });
});
