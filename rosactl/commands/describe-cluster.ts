import { exitCodes } from '../../shared/cli/exit-codes.ts';
import { nearNames } from '../../shared/clusters/near-names.ts';
import { platformApiOf } from '../cluster-context.ts';
import { clusterLines, nearText } from '../cluster-lines.ts';
import type { Command } from '../command.ts';

export const describeCluster: Command = {
  name: 'describe cluster',
  summary: 'show all that is known of a cluster',
  description:
    'Asks the Platform API for a cluster and shows its conditions, those that are bad first. Exits 1 when there is none.',
  arguments: [{ name: '<name-or-id>', description: "the cluster's name or id" }],
  options: [],
  examples: ['rosactl describe cluster dev1', 'rosactl describe cluster dev1 --output yaml'],
  run: async (context, options) => {
    const platformApi = platformApiOf(context);
    const nameOrId = String(options['name-or-id']);
    const cluster = await platformApi.describeCluster(nameOrId);
    if (cluster) {
      const lines = clusterLines(cluster, context.paint);
      return { exitCode: exitCodes.fine, data: { cluster }, lines };
    }
    const names = (await platformApi.listClusters()).map(({ name }) => name);
    const near = nearNames(nameOrId, names);
    return {
      exitCode: exitCodes.no,
      data: { cluster: null, near },
      lines: [
        `✖ There is no cluster ${nameOrId}${nearText(near)}`,
        '  "rosactl list clusters" shows all there are.',
      ],
    };
  },
};
