import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dueTime } from '../../../../shared/reconcile/due-time.ts';
import { TimedQueues } from '../../../support/reconcile/timed-queues.ts';
import { widgetKey } from '../../../support/reconcile/widgets.ts';

const hour = 3600;
const widgets = fc.integer({ min: 0, max: 999 }).map((number) => widgetKey(`widget-${number}`));
const moments = fc.integer({ min: 0, max: 4 * hour * 1000 }).map((ms) => new Date(ms));
const waits = fc.integer({ min: 1, max: 24 * hour });

describe('the time a timer is set for', () => {
  it('is about what was asked for: off by half the wait at most, and by half a minute', () => {
    fc.assert(
      fc.property(widgets, moments, waits, (key, now, seconds) => {
        const waited = (dueTime(key, now, seconds).getTime() - now.getTime()) / 1000;
        expect(Math.abs(waited - seconds)).toBeLessThanOrEqual(Math.min(seconds, 60) / 2);
        expect(waited).toBeGreaterThan(0);
      }),
    );
  });

  it('is another for another resource', () => {
    const now = new Date(0);
    const keys = Array.from({ length: 100 }, (_, index) => widgetKey(`widget-${index}`));
    const times = new Set(keys.map((key) => dueTime(key, now, 60).getTime()));
    expect(times.size).toBeGreaterThan(90);
  });
});

/** Four hours of a resource that waits so long each time it is looked at, swept every five minutes. */
async function looksOf(waitSeconds: number, tellEverySeconds: number): Promise<Date[]> {
  const queues = new TimedQueues(widgetKey('one'), waitSeconds);
  for (let second = 0; second < 4 * hour; second += tellEverySeconds) {
    await queues.runUntil(second);
    await queues.tell(`told at ${second}`);
  }
  await queues.runUntil(4 * hour);
  return queues.looks;
}

describe('a resource that waits, of which events tell all the time', () => {
  it.each([5, 30, 60])(
    'is looked at every %d seconds, not once for each event that ever was',
    async (wait) => {
      const told = (4 * hour) / 300;
      const looks = await looksOf(wait, 300);
      expect(looks.length).toBeLessThanOrEqual((4 * hour) / wait + told + 1);
      expect(looks.length).toBeGreaterThan(((4 * hour) / wait) * 0.9);
    },
  );

  it.each([600, hour])(
    'that waits %d seconds is looked at once a minute at most, besides the events',
    async (wait) => {
      const told = (4 * hour) / 77;
      const looks = await looksOf(wait, 77);
      expect(looks.length).toBeLessThanOrEqual(4 * 60 + told + 1);
    },
  );

  it('that waits for a time far off is looked at then, by one timer', async () => {
    const at = 3 * hour;
    const queues = new TimedQueues(widgetKey('one'), (second) => (second < at ? at - second : undefined));
    for (const second of [0, 100, 1000, 4000, 8_765]) {
      await queues.runUntil(second);
      await queues.tell(`told at ${second}`);
    }
    await queues.runUntil(4 * hour);
    const late = queues.looks.map((look) => look.getTime() / 1000).filter((second) => second > at - 60);
    expect(late.length).toBeLessThanOrEqual(3);
    expect(late.at(-1)).toBeGreaterThanOrEqual(at);
    expect(late.at(-1)).toBeLessThan(at + 60);
  });
});
