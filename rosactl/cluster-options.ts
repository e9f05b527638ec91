import type { ClusterConfig } from '../schemas/generated/preflight-checker-request.js';
import { UsageError } from '../shared/cli/usage-error.ts';
import { clusterNameProblem } from '../shared/platform-api/cluster-name.ts';
import type { ClusterRequest } from '../shared/platform-api/platform-api.ts';
import type { CommandOption, OptionValues } from './command.ts';
import { listOf, numberOf, requestIn, textOf } from './verify.ts';

const vpcProblem = (text: string): string | undefined =>
  /^vpc-([0-9a-f]{8}|[0-9a-f]{17})$/.test(text) ? undefined : 'It must be like vpc-0a1b2c3d4e5f60718.';

const subnetsProblem = (text: string): string | undefined =>
  listOf(text)?.every((id) => /^subnet-([0-9a-f]{8}|[0-9a-f]{17})$/.test(id))
    ? undefined
    : 'They must be like subnet-0a1b2c3d4e5f60718, separated by commas.';

/** As many as rosa-preflight-checker takes: schemas/preflight-checker-request.schema.json. */
const countProblem = (text: string): string | undefined =>
  /^[1-9]\d*$/.test(text) && Number(text) <= 500 ? undefined : 'It must be a whole number from 1 to 500.';

/** What makes up a cluster. */
export const clusterOptions: readonly CommandOption[] = [
  {
    flags: '--name <name>',
    description: 'name of the cluster: 3 to 18 lower-case letters, digits and hyphens',
    required: true,
    problem: clusterNameProblem,
  },
  { flags: '--vpc-id <id>', description: 'its VPC', required: true, problem: vpcProblem },
  {
    flags: '--subnet-ids <ids>',
    description: 'its subnets, separated by commas',
    required: true,
    problem: subnetsProblem,
  },
  {
    flags: '--openshift-version <version>',
    description: 'such as 4.22 (default: the newest the platform offers)',
  },
  {
    flags: '--instance-types <types>',
    description: 'EC2 types of the worker nodes, such as m5.xlarge,r5.large',
  },
  {
    flags: '--node-count <number>',
    description: 'worker nodes at creation, over all zones',
    problem: countProblem,
  },
  {
    flags: '--max-node-count <number>',
    description: 'upper bound of autoscaling (default: the node count)',
    problem: countProblem,
  },
  {
    flags: '--spec-file <file>',
    description: 'JSON with more of what the API takes; v0 needs hostedCluster.platform.aws.rolesRef',
  },
];

function clusterConfigIn(options: OptionValues): ClusterConfig | undefined {
  const types = listOf(options.instanceTypes);
  const [count, max] = [numberOf(options.nodeCount), numberOf(options.maxNodeCount)];
  if (!types && count === undefined && max === undefined) return undefined;
  if (!types || count === undefined) {
    throw new UsageError('--instance-types and --node-count say only together what nodes the cluster has');
  }
  if (max !== undefined && max < count) {
    throw new UsageError(`--max-node-count ${max} is less than --node-count ${count}`);
  }
  return { instance_types: types, node_count: count, max_node_count: max };
}

/**
 * The cluster that the options ask for.
 * @throws UsageError when they contradict each other, or the file cannot be used
 */
export async function clusterRequestFrom(options: OptionValues, region: string): Promise<ClusterRequest> {
  const file = textOf(options.specFile);
  return {
    name: textOf(options.name) ?? '',
    region,
    vpcId: textOf(options.vpcId) ?? '',
    subnetIds: listOf(options.subnetIds) ?? [],
    version: textOf(options.openshiftVersion),
    clusterConfig: clusterConfigIn(options),
    spec: file === undefined ? undefined : { ...(await requestIn(file)) },
  };
}
