import type { PlannedCrash } from './attempt.ts';
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
 * or right after it.
 * @param moments those that are tried; after a call is as good as before the next one where no two invocations meet
 * @returns how many calls there are
 */
export async function everyCrash<W extends World>(
  simulated: Omit<Simulated<W>, 'plannedCrash' | 'climate'>,
  moments: readonly PlannedCrash['moment'][] = ['before', 'after'],
): Promise<number> {
  const { calls } = await simulate({ ...simulated, plannedCrash: { call: 0, moment: 'before' } });
  for (let call = 1; call <= calls; call += 1) {
    for (const moment of moments) await simulate({ ...simulated, plannedCrash: { call, moment } });
  }
  return calls;
}
