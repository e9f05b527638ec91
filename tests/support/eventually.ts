import { setTimeout as wait } from 'node:timers/promises';

const withinMs = 45_000;
const everyMs = 20;

/**
 * Asks again and again until what is found will do.
 * @throws Error with what was found last when that takes longer than 45 seconds
 */
export async function eventually<Found>(
  ask: () => Promise<Found>,
  will: (found: Found) => boolean,
): Promise<Found> {
  const until = Date.now() + withinMs;
  for (;;) {
    const found = await ask();
    if (will(found)) return found;
    if (Date.now() > until) throw new Error(`not within ${withinMs} ms: ${JSON.stringify(found)}`);
    await wait(everyMs);
  }
}
