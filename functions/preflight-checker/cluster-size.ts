import type { ClusterConfig } from '../../schemas/generated/preflight-checker-request.js';

/**
 * HyperShift replaces nodes of a pool by first adding one: maxSurge 1 and maxUnavailable 0 by default. Each pool is
 * upgraded when its owner says, so one more node will do.
 * https://hypershift.pages.dev/reference/api/ (NodePool, RollingUpdate, maxSurge)
 */
const surgeNodes = 1;

/**
 * The size of the root volume that nodes get when none is asked for: volumeSize in
 * https://github.com/kubernetes-sigs/cluster-api-provider-aws/blob/main/exp/api/v1beta2/rosamachinepool_types.go
 */
const defaultRootVolumeGib = 300;

/** Nodes at creation and at most, with the one that an upgrade adds. */
export const nodesOf = ({ node_count, max_node_count = 0 }: ClusterConfig) => ({
  now: node_count + surgeNodes,
  atMost: Math.max(node_count, max_node_count) + surgeNodes,
});

export const rootVolumeGib = ({ root_volume_gib = defaultRootVolumeGib }: ClusterConfig): number =>
  root_volume_gib;

/** Private subnets, as far as the request tells: HyperShift has a pool of nodes in each. */
export const privateSubnetsOf = ({
  private_subnet_count,
  availability_zones,
}: ClusterConfig): number | undefined => private_subnet_count ?? availability_zones?.length;
