import { exitCodes } from '../shared/cli/exit-codes.ts';
import type { Paint } from '../shared/cli/paint.ts';
import type { Waited } from '../shared/clusters/wait-for-cluster.ts';
import type { Cluster, ClusterRequest } from '../shared/platform-api/platform-api.ts';
import { clusterLines } from './cluster-lines.ts';
import type { CommandOutcome } from './command.ts';

/** How far `create cluster` has come. */
export interface Created {
  cluster: Cluster;
  /** Absent: nobody has waited. */
  waited?: Waited;
  /** What the checkers have found, if they were asked. */
  verified?: CommandOutcome;
}

/** What to tell of each way it can end. */
const endings: Record<Waited['end'] | 'begun', (name: string) => string[]> = {
  begun: (name) => [`✔ ${name} is being created. Next: rosactl describe cluster ${name}`],
  ready: (name) => [`✔ ${name} is ready.`],
  failed: (name) => [
    `✖ ${name} has failed; what is above says why. Mend that, then delete the cluster and create it again:`,
    `  rosactl delete cluster ${name}`,
  ],
  gone: (name) => [`✖ ${name} is gone: somebody has deleted it meanwhile.`],
  'timed out': (name) => [
    `✖ ${name} is not ready after 35 minutes. The platform goes on with it; see how far it is:`,
    `  rosactl describe cluster ${name}`,
    '  rosactl logs --failed',
  ],
};

/** What a created cluster has to say. */
export function createdOutcome({ cluster, waited, verified }: Created, paint: Paint): CommandOutcome {
  const known = { ...cluster, ...waited?.status };
  const end = waited?.end ?? 'begun';
  return {
    exitCode: end === 'begun' || end === 'ready' ? exitCodes.fine : exitCodes.no,
    data: { cluster: known, waited: waited?.end, verification: verified?.data },
    lines: [...(verified?.lines ?? []), ...clusterLines(known, paint), '', ...endings[end](known.name)],
  };
}

/** What there is to say when a check has failed. */
export const stoppedOutcome = ({ data, lines, exitCode }: CommandOutcome): CommandOutcome => ({
  exitCode,
  data: { cluster: null, verification: data },
  lines: [...lines, 'Nothing was created. Mend what has failed, then run the same command again.'],
});

/** What `--dry-run` has to say. */
export const previewedOutcome = (request: ClusterRequest, verified?: CommandOutcome): CommandOutcome => ({
  exitCode: exitCodes.fine,
  data: { cluster: null, request, verification: verified?.data },
  lines: [
    ...(verified?.lines ?? []),
    'The Platform API would be asked for this cluster; nothing has been created:',
    JSON.stringify(request, undefined, 2),
  ],
});
