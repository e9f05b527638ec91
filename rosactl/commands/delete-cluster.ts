import { exitCodes } from '../../shared/cli/exit-codes.ts';
import type { Paint } from '../../shared/cli/paint.ts';
import { nearNames } from '../../shared/clusters/near-names.ts';
import { type Waited, waitUntilGone } from '../../shared/clusters/wait-for-cluster.ts';
import type { Cluster, PlatformApi } from '../../shared/platform-api/platform-api.ts';
import { type ClusterContext, clockOf, platformApiOf } from '../cluster-context.ts';
import { conditionLines, nearText } from '../cluster-lines.ts';
import type { Command, CommandOutcome } from '../command.ts';

/** Gone already is fine, but a name with a slip of the finger should not look like success. */
async function notThere(platformApi: PlatformApi, nameOrId: string): Promise<CommandOutcome> {
  const names = (await platformApi.listClusters()).map(({ name }) => name);
  const near = nearNames(nameOrId, names);
  return {
    exitCode: exitCodes.fine,
    data: { cluster: null, deletion: 'not there', near },
    lines: [`! There is no cluster ${nameOrId}, so nothing is deleted${nearText(near)}`],
  };
}

/** Asks, then begins the deletion; one that was begun before goes on unasked. */
async function begin(context: ClusterContext, platformApi: PlatformApi, cluster: Cluster): Promise<void> {
  const { id, name, region, phase } = cluster;
  if (phase === 'Deleting') return;
  const where = region ? `, ${region}` : '';
  await context.confirm(`Delete the cluster ${name} (${id}${where}) and all that runs in it?`);
  await context.tasks.run(`Ask the Platform API to delete ${name}`, () => platformApi.deleteCluster(id));
}

const deleting = (cluster: Cluster): CommandOutcome => ({
  exitCode: exitCodes.fine,
  data: { cluster, deletion: 'deleting' },
  lines: [
    `✔ ${cluster.name} is being deleted. Next: rosactl delete cluster ${cluster.name} --wait, or rosactl list clusters`,
  ],
});

function ended(cluster: Cluster, { end, status }: Waited, paint: Paint): CommandOutcome {
  if (end === 'gone') {
    return {
      exitCode: exitCodes.fine,
      data: { cluster, deletion: 'gone' },
      lines: [`✔ ${cluster.name} is gone.`],
    };
  }
  const known = { ...cluster, ...status };
  return {
    exitCode: exitCodes.no,
    data: { cluster: known, deletion: end },
    lines: [
      ...conditionLines(known, paint),
      `✖ ${cluster.name} is still there after 10 minutes, in phase ${known.phase}. The platform goes on with it; wait again:`,
      `  rosactl delete cluster ${cluster.name} --wait`,
    ],
  };
}

export const deleteCluster: Command = {
  name: 'delete cluster',
  summary: 'delete a cluster',
  description:
    'Asks the Platform API to delete a cluster and all that runs in it; asks you first. What is gone already is fine. The VPC and the roles stay.',
  arguments: [{ name: '<name-or-id>', description: "the cluster's name or id" }],
  options: [{ flags: '--wait', description: 'wait until it is gone, at most 10 minutes' }],
  examples: ['rosactl delete cluster dev1', 'rosactl delete cluster dev1 --wait --yes'],
  run: async (context: ClusterContext, options) => {
    const platformApi = platformApiOf(context);
    const nameOrId = String(options['name-or-id']);
    const cluster = await platformApi.describeCluster(nameOrId);
    if (!cluster) return notThere(platformApi, nameOrId);
    await begin(context, platformApi, cluster);
    if (!options.wait) return deleting(cluster);
    const waited = await context.tasks.run(`Wait until ${cluster.name} is gone`, (say) =>
      waitUntilGone({ platformApi, say, ...clockOf(context) }, cluster.id),
    );
    return ended(cluster, waited, context.paint);
  },
};
