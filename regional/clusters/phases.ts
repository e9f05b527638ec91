import type { ClusterStatus } from './cluster.ts';

type Phase = ClusterStatus['phase'];

/** Where a cluster may go from each phase. Ready and Failed are final: a cluster is deleted and made again. */
export const nextPhases: Record<Phase, readonly Phase[]> = {
  Pending: ['Provisioning', 'Failed', 'Deleting'],
  Provisioning: ['Provisioning', 'Ready', 'Failed', 'Deleting'],
  Ready: ['Deleting'],
  Failed: ['Deleting'],
  Deleting: [],
};

/** Whether there is nothing more to do but to delete it. */
export const isFinal = (phase: Phase): boolean => nextPhases[phase].every((next) => next === 'Deleting');

/** The status in another phase. @throws Error when there is no way from the one to the other */
export function inPhase(status: ClusterStatus, phase: Phase, message?: string): ClusterStatus {
  if (!nextPhases[status.phase].includes(phase)) {
    throw new Error(`a cluster cannot go from ${status.phase} to ${phase}`);
  }
  return { ...status, phase, message };
}
