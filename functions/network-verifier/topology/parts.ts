import type {
  NatGateway,
  NetworkAcl,
  Route,
  RouteTable,
  Subnet,
  Tag,
  TransitGatewayVpcAttachment,
  Vpc,
  VpcEndpoint,
} from '@aws-sdk/client-ec2';
import type {
  TopologyEndpoint,
  TopologyNatGateway,
  TopologyRoute,
  TopologyRouteTable,
  TopologySubnet,
  TopologyTransitGateway,
  TopologyVpc,
} from '../../../schemas/generated/network-verifier-result.js';
import { vpcRanges } from '../cluster-needs.ts';
import { aclOf } from '../network-acls.ts';
import { effectiveRouteTable, isPublic, targetOf } from '../routing.ts';

/** What a thing is called, as a field when it has a name. */
function nameOf({ Tags = [] }: { Tags?: Tag[] }) {
  const name = Tags.find(({ Key }) => Key === 'Name')?.Value;
  return name ? { name } : {};
}

export const vpcPart = (id: string, vpc: Vpc): TopologyVpc => ({
  id,
  ...nameOf(vpc),
  cidrs: vpcRanges(vpc).map(({ cidr }) => cidr),
});

/** By what a subnet is described; undefined stands for what could not be read. */
interface AroundSubnet {
  requested: string[];
  tables: RouteTable[] | undefined;
  gateways: Set<string> | undefined;
  acls: NetworkAcl[] | undefined;
}

export function subnetPart(
  subnet: Subnet,
  { requested, tables, gateways, acls }: AroundSubnet,
): TopologySubnet {
  const { SubnetId: id = '', CidrBlock: cidr = '', AvailabilityZone: zone = '' } = subnet;
  const table = tables && effectiveRouteTable(tables, id)?.table;
  const acl = acls && aclOf(acls, id);
  const kind = table && gateways ? (isPublic(table, gateways) ? 'public' : 'private') : 'unknown';
  return {
    id,
    ...nameOf(subnet),
    cidr,
    zone,
    kind,
    requested: requested.includes(id),
    ...(table?.RouteTableId && { route_table_id: table.RouteTableId }),
    ...(acl?.NetworkAclId && { network_acl_id: acl.NetworkAclId }),
  };
}

/** A route for IPv4, or none for a route of another kind. */
function routePart(route: Route): TopologyRoute[] {
  const destination = route.DestinationCidrBlock ?? route.DestinationPrefixListId;
  const { kind, id } = targetOf(route);
  return destination
    ? [{ destination, target_kind: kind, target_id: id, state: route.State ?? 'active' }]
    : [];
}

export const tablePart = (table: RouteTable): TopologyRouteTable => ({
  id: table.RouteTableId ?? '',
  ...nameOf(table),
  main: table.Associations?.some(({ Main }) => Main === true) ?? false,
  routes: (table.Routes ?? []).flatMap(routePart),
});

export const natPart = (gateway: NatGateway): TopologyNatGateway => ({
  id: gateway.NatGatewayId ?? '',
  ...nameOf(gateway),
  state: gateway.State ?? 'unknown',
  ...(gateway.SubnetId && { subnet_id: gateway.SubnetId }),
});

export const transitPart = (attachment: TransitGatewayVpcAttachment): TopologyTransitGateway => ({
  id: attachment.TransitGatewayId ?? '',
  ...(attachment.TransitGatewayAttachmentId && { attachment_id: attachment.TransitGatewayAttachmentId }),
  state: attachment.State ?? 'unknown',
});

export const endpointPart = (endpoint: VpcEndpoint): TopologyEndpoint => ({
  id: endpoint.VpcEndpointId ?? '',
  ...nameOf(endpoint),
  service: endpoint.ServiceName ?? '',
  type: endpoint.VpcEndpointType ?? 'unknown',
  state: endpoint.State?.toLowerCase() ?? 'unknown',
  subnet_ids: endpoint.SubnetIds ?? [],
  route_table_ids: endpoint.RouteTableIds ?? [],
});
