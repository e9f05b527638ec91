import type { Vpc } from '@aws-sdk/client-ec2';
import type { NetworkRequirements } from '../../schemas/generated/network-verifier-request.js';

/** What a ROSA cluster takes when nothing else is asked for. */
const defaults = { service: '172.30.0.0/16', pod: '10.128.0.0/14', hostPrefix: 23, nodes: 2 };

/** A range of addresses and what it is for, such as `pod CIDR`. */
export interface NamedRange {
  what: string;
  cidr: string;
}

/** The ranges of services and pods, and the nodes' when the request names it. */
export function clusterRanges({ machine_cidr, service_cidr, pod_cidr }: NetworkRequirements): NamedRange[] {
  return [
    ...(machine_cidr ? [{ what: 'machine CIDR', cidr: machine_cidr }] : []),
    { what: 'service CIDR', cidr: service_cidr ?? defaults.service },
    { what: 'pod CIDR', cidr: pod_cidr ?? defaults.pod },
  ];
}

/** The ranges the VPC has; it keeps those it has lost or never got on its list. */
export const vpcRanges = ({ CidrBlockAssociationSet: ranges = [] }: Vpc): NamedRange[] =>
  ranges
    .filter(({ CidrBlockState }) => CidrBlockState?.State === 'associated')
    .flatMap(({ CidrBlock: cidr }) => (cidr ? [{ what: 'VPC range', cidr }] : []));

/** Whether API or ingress have public addresses, as far as the request says. */
export const isPublicCluster = (requirements: NetworkRequirements): boolean =>
  requirements.private === false ||
  (requirements.private === undefined && requirements.public_subnets_required === true);

/** Worker nodes at creation and at most. A cluster has two or more. */
export function nodeCounts({ node_count, max_node_count }: NetworkRequirements) {
  const initial = node_count ?? defaults.nodes;
  return { initial, most: Math.max(initial, max_node_count ?? 0) };
}

export const hostPrefixOf = ({ host_prefix }: NetworkRequirements): number =>
  host_prefix || defaults.hostPrefix;
