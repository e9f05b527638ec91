import type {
  NetworkTopology,
  TopologyNatGateway,
  TopologyRoute,
  TopologySubnet,
} from '../../../schemas/generated/network-verifier-result.js';

/** A topology with what is looked up in it. */
export interface Network extends NetworkTopology {
  /** The subnet of a subnet's or NAT gateway's id; undefined for anything else. */
  subnetOf(id: string): TopologySubnet | undefined;
  /** Where the internet traffic of a subnet, or of the NAT gateway in it, is sent; undefined when nowhere. */
  defaultRouteOf(id: string): TopologyRoute | undefined;
}

const byId = <Item extends { id: string }>(items: readonly Item[]): Map<string, Item> =>
  new Map(items.map((item) => [item.id, item]));

/** Makes the look-ups of a topology. What AWS named twice is there once. */
export function networkOf(topology: NetworkTopology): Network {
  const subnets = byId(topology.subnets);
  const tables = byId(topology.route_tables);
  const natGateways: Map<string, TopologyNatGateway> = byId(topology.nat_gateways);
  const subnetOf = (id: string) => subnets.get(id) ?? subnets.get(natGateways.get(id)?.subnet_id ?? '');
  return {
    ...topology,
    subnets: [...subnets.values()],
    nat_gateways: [...natGateways.values()],
    subnetOf,
    defaultRouteOf: (id) =>
      tables
        .get(subnetOf(id)?.route_table_id ?? '')
        ?.routes.find(({ destination }) => destination === '0.0.0.0/0'),
  };
}

/** The ranges of a VPC, or what is known of them. */
export const cidrsOf = ({ vpc }: NetworkTopology): string => vpc.cidrs.join(', ') || 'no IPv4 range';

/** `s3` of `com.amazonaws.us-east-1.s3`; a service of somebody else by its whole name. */
export const serviceName = (service: string): string =>
  service.match(/^(?:cn\.)?com\.amazonaws\.[a-z0-9-]+\.(.+)$/)?.[1] ?? service;
