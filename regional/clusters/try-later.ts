import type { AccessFailure } from '../access/access.ts';
import { nextPauseMs } from '../access/tries.ts';
import type { ClusterStatus, Tries } from './cluster.ts';
import { inPhase } from './phases.ts';
import type { Step } from './steps.ts';

/** Work waits out an outage for a day, and is given up then. */
const patienceMs = 24 * 60 * 60 * 1_000;

const isWaitedOut = ({ kind, mayPass }: AccessFailure, { since }: Tries, now: Date): boolean =>
  kind === 'unreachable' && mayPass && now.getTime() - Date.parse(since) < patienceMs;

/**
 * Seconds until a failed operation is tried again; undefined when it is not.
 * @param tries those before and this one
 * @param outagePauseSeconds between two tries while the Lambda service does not answer at all
 */
export function secondsUntilNextTry(
  failure: AccessFailure,
  tries: Tries,
  { now, outagePauseSeconds }: { now: Date; outagePauseSeconds: number },
): number | undefined {
  const pauseMs = nextPauseMs(failure, tries.attempts);
  if (pauseMs !== undefined) return pauseMs / 1_000;
  return isWaitedOut(failure, tries, now) ? outagePauseSeconds : undefined;
}

const counted = (attempts: number): string => (attempts === 1 ? 'once' : `${attempts} times`);

/** The status of a cluster whose step is tried again. */
export const tryingAgain = (
  status: ClusterStatus,
  step: Step,
  { failure, tries }: { failure: AccessFailure; tries: Tries },
): ClusterStatus => ({
  ...inPhase(
    status,
    'Provisioning',
    `${step.doing}; tried ${counted(tries.attempts)}, trying again: ${failure.message}`,
  ),
  trying: tries,
});
