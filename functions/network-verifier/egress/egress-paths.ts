import type { Subnet, VpcEndpoint } from '@aws-sdk/client-ec2';
import { once } from '../../../shared/once.ts';
import { serviceName, takesName } from '../endpoints.ts';
import { type Segment, segmentOf, tableOf } from './borders.ts';
import type { EndpointGroup, RequiredEndpoint } from './endpoint-groups.ts';
import { gatewayWay, interfaceWay } from './endpoint-way.ts';
import { internetWay } from './internet-way.ts';
import type { Surroundings } from './surroundings.ts';
import { at, follow, type Way, worstOf } from './way.ts';

/** The way from a subnet to a group of endpoints: the worst of those that its hosts take. */
export interface GroupWay extends Way {
  subnetId: string;
  group: EndpointGroup;
  /** Those of the group that take it. */
  endpoints: RequiredEndpoint[];
  /** Whether it is the way to the internet, for want of an endpoint of the VPC. */
  isInternet: boolean;
}

/** The endpoints of the VPC that stand in for a host. */
function standIns(world: Surroundings, { regionalService }: RequiredEndpoint): VpcEndpoint[] {
  if (!regionalService) return [];
  const name = serviceName(world.region, regionalService);
  return world.endpoints.filter(
    ({ ServiceName, State }) => ServiceName === name && State?.toLowerCase() !== 'deleted',
  );
}

/**
 * Finds the way to a host; hosts that share a way share the object. Names are resolved before anything is routed, so
 * an interface endpoint comes first; S3's takes the names of its region, not the global ones:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html#private-dns
 */
function waysFrom(world: Surroundings, nodes: Segment) {
  const tableId = tableOf(world, nodes.id)?.RouteTableId ?? '';
  const internet = once(() => internetWay(world, nodes));
  const known = new Map<VpcEndpoint, Way>();
  const by = (endpoint: VpcEndpoint, way: typeof gatewayWay): Way => {
    const found = known.get(endpoint) ?? way(world, nodes, endpoint);
    known.set(endpoint, found);
    return found;
  };
  const to = (endpoint: RequiredEndpoint): Way => {
    const found = standIns(world, endpoint);
    const isRegional = world.privateNames && endpoint.host.includes(`.${world.region}.`);
    const interfaces = isRegional ? found.filter(takesName) : [];
    if (interfaces.length > 0) return worstOf(interfaces.map((one) => by(one, interfaceWay)));
    // Only a gateway endpoint has route tables.
    const gateway = found.find(({ RouteTableIds = [] }) => RouteTableIds.includes(tableId));
    return gateway ? by(gateway, gatewayWay) : internet();
  };
  return { to, internet };
}

/** A subnet whose range is not known, or that has none: nothing is known of what its nodes send. */
function withoutRange({ SubnetId: id, Ipv6Native }: Subnet): Way {
  const here = at('out', 'subnet', id);
  return Ipv6Native
    ? follow([here.blocked('has no IPv4 addresses', 'Choose a subnet with an IPv4 range')])
    : follow([here.hidden('has no IPv4 range that AWS shows')]);
}

function pathsFrom(world: Surroundings, subnet: Subnet, groups: EndpointGroup[]): GroupWay[] {
  const { SubnetId: subnetId = '' } = subnet;
  const nodes = segmentOf(world, subnetId);
  if (!nodes) {
    const way = withoutRange(subnet);
    return groups.map((group) => ({
      ...way,
      subnetId,
      group,
      endpoints: group.endpoints,
      isInternet: false,
    }));
  }
  const { to, internet } = waysFrom(world, nodes);
  return groups.map((group) => {
    const way = worstOf(group.endpoints.map(to));
    const endpoints = group.endpoints.filter((endpoint) => to(endpoint) === way);
    return { ...way, subnetId, group, endpoints, isInternet: way === internet() };
  });
}

/** The way from each of the subnets to each group of endpoints, and back. */
export const egressPaths = (world: Surroundings, subnets: Subnet[], groups: EndpointGroup[]): GroupWay[] =>
  subnets.flatMap((subnet) => pathsFrom(world, subnet, groups));
