import type { Route, RouteTable } from '@aws-sdk/client-ec2';
import { type Cidr, containsAddress, parseAddress, parseCidr } from '../../shared/network/cidr.ts';

/** What a route leads to, by the field of the EC2 API that names it. */
export type TargetKind =
  | 'local'
  | 'internet-gateway'
  | 'virtual-private-gateway'
  | 'vpc-endpoint'
  | 'carrier-gateway'
  | 'egress-only-gateway'
  | 'nat-gateway'
  | 'transit-gateway'
  | 'vpc-peering'
  | 'core-network'
  | 'local-gateway'
  | 'network-interface'
  | 'unknown';

export interface RouteTarget {
  kind: TargetKind;
  /** The target's id or ARN. */
  id: string;
}

/** How subnets get their route table. */
export interface EffectiveRouteTable {
  table: RouteTable;
  /** explicit: associated with the subnet. main: the VPC's main table, for want of an association. */
  by: 'explicit' | 'main';
}

/**
 * The table that routes a subnet's traffic. A subnet without an association of its own falls back to the VPC's
 * main table, whose association names no subnet; gateway ("edge") associations route none of a subnet's traffic.
 * https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html
 * @param tables all tables of the subnet's VPC
 */
export function effectiveRouteTable(tables: RouteTable[], subnetId: string): EffectiveRouteTable | undefined {
  const withAssociation = (matches: (a: NonNullable<RouteTable['Associations']>[number]) => boolean) =>
    tables.find(({ Associations = [] }) =>
      Associations.some(
        (association) =>
          !association.GatewayId &&
          (association.AssociationState?.State ?? 'associated') === 'associated' &&
          matches(association),
      ),
    );
  const explicit = withAssociation(({ SubnetId }) => SubnetId === subnetId);
  if (explicit) return { table: explicit, by: 'explicit' };
  const main = withAssociation(({ Main }) => Main === true);
  return main && { table: main, by: 'main' };
}

/** Targets that may lead on to the internet somewhere this account does not show. */
export const leadsElsewhere: ReadonlyMap<TargetKind, string> = new Map<TargetKind, string>([
  ['transit-gateway', 'a transit gateway'],
  ['core-network', 'a Cloud WAN core network'],
  ['virtual-private-gateway', 'a virtual private gateway'],
  ['network-interface', 'a network interface (a NAT instance or appliance)'],
  ['vpc-endpoint', 'a Gateway Load Balancer endpoint (a firewall)'],
  ['local-gateway', 'a local gateway of an Outpost'],
  ['carrier-gateway', 'a carrier gateway'],
  ['unknown', 'a kind of target that this version does not know'],
]);

const gatewayKinds: [prefix: string, kind: TargetKind][] = [
  ['local', 'local'],
  ['igw-', 'internet-gateway'],
  ['vgw-', 'virtual-private-gateway'],
  ['vpce-', 'vpc-endpoint'],
  ['cagw-', 'carrier-gateway'],
];

const gatewayKind = (id: string): TargetKind =>
  gatewayKinds.find(([prefix]) => id.startsWith(prefix))?.[1] ?? 'unknown';

/** What a route leads to: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Route.html */
export function targetOf(route: Route): RouteTarget {
  const fields: [string | undefined, TargetKind][] = [
    [route.NatGatewayId, 'nat-gateway'],
    [route.TransitGatewayId, 'transit-gateway'],
    [route.VpcPeeringConnectionId, 'vpc-peering'],
    [route.CoreNetworkArn, 'core-network'],
    [route.LocalGatewayId, 'local-gateway'],
    [route.EgressOnlyInternetGatewayId, 'egress-only-gateway'],
    [route.NetworkInterfaceId ?? route.InstanceId, 'network-interface'],
    [route.GatewayId, gatewayKind(route.GatewayId ?? '')],
  ];
  const [id, kind] = fields.find(([value]) => value) ?? ['unknown', 'unknown'];
  return { kind, id: id ?? 'unknown' };
}

/** Whether a route carries traffic. EC2 also knows `blackhole` (the target is gone) and `filtered`. */
export const isActive = (route: Route): boolean => (route.State ?? 'active') === 'active';

const isPropagated = (route: Route): boolean =>
  route.Origin === 'EnableVgwRoutePropagation' || route.Origin === 'Advertisement';

const prefixOf = (route: Route): number => parseCidr(route.DestinationCidrBlock ?? '0.0.0.0/0').prefix;

/** The more specific route first; at equal length local before static before propagated. */
const bySpecificity = (a: Route, b: Route): number =>
  prefixOf(b) - prefixOf(a) ||
  Number(targetOf(b).kind === 'local') - Number(targetOf(a).kind === 'local') ||
  Number(isPropagated(a)) - Number(isPropagated(b));

/**
 * The route that a packet to an IPv4 address takes: the longest prefix wins, whether its target lives or not, so
 * a blackhole drops the traffic that a shorter active route would carry.
 * https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html
 */
export function routeTo({ Routes = [] }: RouteTable, address: number): Route | undefined {
  return Routes.filter(
    ({ DestinationCidrBlock: cidr }) => cidr !== undefined && containsAddress(parseCidr(cidr), address),
  ).sort(bySpecificity)[0];
}

/**
 * Public addresses by which the way to the internet is judged: two in the lower half of the address space and
 * two in the upper, for tables that split 0.0.0.0/0 into 0.0.0.0/1 and 128.0.0.0/1.
 */
const sampleAddresses = ['3.0.0.1', '52.94.0.1', '142.250.0.1', '205.251.192.1'].map(parseAddress);

/** A longer prefix is a way to one network, such as a partner's; it says nothing of the internet as a whole. */
const longestDefaultPrefix = 7;

/** Whether a range is the internet as a whole, or a large part of it. */
export const isDefaultRange = ({ prefix }: Cidr): boolean => prefix <= longestDefaultPrefix;

/** Whether a route is a way to the internet as a whole, or to a large part of it. */
export const canBeDefault = ({ DestinationCidrBlock: cidr }: Route): boolean =>
  cidr !== undefined && isDefaultRange(parseCidr(cidr));

/** The distinct routes that traffic to the internet takes; undefined stands for "none" for part of it. */
export function internetRoutes({ Routes = [] }: RouteTable): (Route | undefined)[] {
  const defaults = { Routes: Routes.filter(canBeDefault) };
  return [...new Set(sampleAddresses.map((address) => routeTo(defaults, address)))];
}

/**
 * Whether a route table makes its subnets public: internet traffic takes an active route to an internet gateway
 * of the VPC. A route that has lost its gateway does not count, nor does an egress-only (IPv6) gateway.
 * @param attachedGateways ids of the internet gateways attached to the VPC
 */
export const isPublic = (table: RouteTable, attachedGateways: Set<string>): boolean =>
  internetRoutes(table).some((route) => {
    if (!route || !isActive(route)) return false;
    const { kind, id } = targetOf(route);
    return kind === 'internet-gateway' && attachedGateways.has(id);
  });
