import { exitCodes } from '../../shared/cli/exit-codes.ts';
import { waitUntilReady } from '../../shared/clusters/wait-for-cluster.ts';
import type { ClusterRequest, PlatformApi } from '../../shared/platform-api/platform-api.ts';
import { type ClusterContext, clockOf, platformApiOf } from '../cluster-context.ts';
import { clusterOptions, clusterRequestFrom } from '../cluster-options.ts';
import type { Command } from '../command.ts';
import { type Created, createdOutcome, previewedOutcome, stoppedOutcome } from '../created-outcome.ts';
import { verifyCluster } from '../verify-cluster.ts';

async function create(
  context: ClusterContext,
  platformApi: PlatformApi,
  request: ClusterRequest,
  wait: boolean,
): Promise<Created> {
  const { name } = request;
  const cluster = await context.tasks.run(`Ask the Platform API for the cluster ${name}`, () =>
    platformApi.createCluster(request),
  );
  if (!wait) return { cluster };
  const waited = await context.tasks.run(`Wait for ${name}`, (say) =>
    waitUntilReady({ platformApi, say, ...clockOf(context) }, cluster.id),
  );
  return { cluster, waited };
}

export const createCluster: Command = {
  name: 'create cluster',
  summary: 'create a cluster in a VPC of the account',
  description:
    'Asks the Platform API for a cluster in the region and VPC. With --verify, nothing is created unless the account and the network have what the cluster needs; the platform checks that itself, too, but later.',
  options: [
    ...clusterOptions,
    {
      flags: '--verify',
      description: 'first ask rosa-preflight-checker and rosa-network-verifier, and stop when a check failed',
    },
    { flags: '--wait', description: 'wait until it is ready, at most 35 minutes' },
    {
      flags: '--dry-run',
      description: 'show what would be asked for, and create nothing',
      conflicts: ['wait'],
    },
  ],
  examples: [
    'rosactl create cluster --name dev1 --vpc-id vpc-0a1b2c3d --subnet-ids subnet-0a1b2c3d,subnet-0b1b2c3d --wait',
    'rosactl create cluster --name dev1 --vpc-id vpc-0a1b2c3d --subnet-ids subnet-0a1b2c3d --instance-types m5.xlarge --node-count 3 --verify',
    'rosactl create cluster --name dev1 --vpc-id vpc-0a1b2c3d --subnet-ids subnet-0a1b2c3d --api-version v0 --spec-file roles.json --dry-run',
  ],
  run: async (context: ClusterContext, options) => {
    const platformApi = platformApiOf(context);
    const request = await clusterRequestFrom(options, context.region);
    const verified = options.verify ? await verifyCluster(context, request) : undefined;
    if (verified && verified.exitCode !== exitCodes.fine) return stoppedOutcome(verified);
    if (options.dryRun) return previewedOutcome(request, verified);
    const created = await create(context, platformApi, request, options.wait === true);
    return createdOutcome({ ...created, verified }, context.paint);
  },
};
