import type { AccessFailure } from '../access/access.ts';
import type { ClusterStatus, Tries } from './cluster.ts';
import { inPhase } from './phases.ts';
import type { Step } from './steps.ts';

/** Seconds before the second, third and fourth try. */
const pauses = [1, 2, 4] as const;

/** Seconds between looks at a Lambda service that does not answer at all. */
const outagePauseSeconds = 60;

/** Work waits out an outage for a day, and is given up then. */
const patienceMs = 24 * 60 * 60 * 1_000;

/** Whether the next try is the last: whoever fails it has failed. */
export const isLastTry = ({ attempts }: Pick<Tries, 'attempts'>): boolean => attempts >= pauses.length;

const isWaitedOut = ({ kind }: AccessFailure, { since }: Tries, now: Date): boolean =>
  kind === 'unreachable' && now.getTime() - Date.parse(since) < patienceMs;

/**
 * Seconds until a failed operation is tried again; undefined when it is not.
 * @param tries those before and this one
 */
export function secondsUntilNextTry(failure: AccessFailure, tries: Tries, now: Date): number | undefined {
  if (!failure.mayPass) return undefined;
  const pause = pauses[tries.attempts - 1];
  if (pause !== undefined) return pause;
  return isWaitedOut(failure, tries, now) ? outagePauseSeconds : undefined;
}

/** The status of a cluster whose step is tried again. */
export const tryingAgain = (
  status: ClusterStatus,
  step: Step,
  { failure, tries }: { failure: AccessFailure; tries: Tries },
): ClusterStatus => ({
  ...inPhase(
    status,
    'Provisioning',
    `${step.doing}; tried ${tries.attempts} times, trying again: ${failure.message}`,
  ),
  trying: tries,
});
