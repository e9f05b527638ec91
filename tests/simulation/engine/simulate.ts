import { Run } from './run.ts';
import type { Outcome, Simulated, World } from './simulation.ts';

/**
 * Runs a system once, in virtual time, until all is quiet: events are lost, late, doubled and out of order, calls are
 * slow, refused, or without an answer, and invocations end before or after any call. The seed alone tells which.
 * @throws SimulationFailure when an invariant does not hold, a controller breaks, or it does not become quiet
 */
export const simulate = <W extends World>(simulated: Simulated<W>): Promise<Outcome<W>> =>
  new Run(simulated).toTheEnd();

/**
 * Runs a system without other trouble, once for each of its calls and moments: the invocation ends right before the call,
 * or right after it. @returns how many calls there are
 */
export async function everyCrash<W extends World>(
  simulated: Omit<Simulated<W>, 'plannedCrash' | 'climate'>,
): Promise<number> {
  const { calls } = await simulate({ ...simulated, plannedCrash: { call: 0, moment: 'before' } });
  for (let call = 1; call <= calls; call += 1) {
    await simulate({ ...simulated, plannedCrash: { call, moment: 'before' } });
    await simulate({ ...simulated, plannedCrash: { call, moment: 'after' } });
  }
  return calls;
}
