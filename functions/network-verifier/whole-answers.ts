import type {
  AvailabilityZone,
  DhcpOptions,
  InternetGateway,
  NatGateway,
  NetworkAcl,
  NetworkAclEntry,
  PrefixListEntry,
  Route,
  RouteTable,
  RouteTableAssociation,
  SecurityGroup,
  Subnet,
  TransitGatewayVpcAttachment,
  Vpc,
  VpcEndpoint,
} from '@aws-sdk/client-ec2';
import { Undetermined } from '../../shared/checks/check.ts';
import { told } from '../../shared/checks/listing.ts';
import { reads } from './read-actions.ts';

// What EC2 tells of every thing of a kind, as far as checks go by it. Each of these functions gives back the item, and
// throws Undetermined when it is not whole: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Types.html

function lacks(action: string, what: string): never {
  throw new Undetermined('value_absent', `${action} answered without ${what}`);
}

export function wholeVpc(vpc: Vpc): Vpc {
  const action = reads.vpc;
  const fields = ['VpcId', 'State', 'OwnerId', 'CidrBlock', 'CidrBlockAssociationSet'] as const;
  for (const range of told(action, vpc, ...fields).CidrBlockAssociationSet) {
    told(action, told(action, range, 'CidrBlock', 'CidrBlockState').CidrBlockState, 'State');
  }
  return vpc;
}

export function wholeSubnet(subnet: Subnet): Subnet {
  told(reads.subnets, subnet, 'SubnetId', 'VpcId', 'State', 'AvailabilityZone');
  return subnet.Ipv6Native ? subnet : told(reads.subnets, subnet, 'CidrBlock');
}

/** A route's target is not among the fields: it may be of a kind that this version does not know. */
function wholeRoute(route: Route): void {
  told(reads.routeTables, route, 'State');
  const { DestinationCidrBlock, DestinationIpv6CidrBlock, DestinationPrefixListId } = route;
  if (!(DestinationCidrBlock ?? DestinationIpv6CidrBlock ?? DestinationPrefixListId)) {
    lacks(reads.routeTables, 'the destination of a route');
  }
}

/** The main table's association names neither subnet nor gateway. */
function wholeAssociation({ SubnetId, GatewayId, Main }: RouteTableAssociation): void {
  if (!(SubnetId ?? GatewayId ?? Main)) lacks(reads.routeTables, 'what a table is associated with');
}

export function wholeRouteTable(table: RouteTable): RouteTable {
  const whole = told(reads.routeTables, table, 'RouteTableId', 'Routes', 'Associations');
  whole.Routes.forEach(wholeRoute);
  whole.Associations.forEach(wholeAssociation);
  return table;
}

/** A regional NAT gateway is in no subnet: https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html */
export function wholeNatGateway(gateway: NatGateway): NatGateway {
  told(reads.natGateways, gateway, 'NatGatewayId', 'State');
  return gateway.AvailabilityMode === 'regional' ? gateway : told(reads.natGateways, gateway, 'SubnetId');
}

export const wholeInternetGateway = (gateway: InternetGateway): InternetGateway =>
  told(reads.internetGateways, gateway, 'InternetGatewayId');

/** Numbers of protocols whose rules have ports. */
const withPorts = ['6', '17'];
const icmp = '1';

function wholeEntry(entry: NetworkAclEntry): void {
  const action = reads.networkAcls;
  const { Protocol } = told(action, entry, 'RuleNumber', 'RuleAction', 'Egress', 'Protocol');
  if (!(entry.CidrBlock ?? entry.Ipv6CidrBlock)) lacks(action, 'the range of a rule');
  if (withPorts.includes(Protocol)) {
    told(action, told(action, entry, 'PortRange').PortRange, 'From', 'To');
  }
  if (Protocol === icmp) told(action, told(action, entry, 'IcmpTypeCode').IcmpTypeCode, 'Type');
}

/** Without its rules at all, an ACL is for the checks to report: a shared VPC may show it so. */
export function wholeNetworkAcl(acl: NetworkAcl): NetworkAcl {
  acl.Entries?.forEach(wholeEntry);
  return told(reads.networkAcls, acl, 'NetworkAclId');
}

export function wholeSecurityGroup(group: SecurityGroup): SecurityGroup {
  const action = reads.securityGroups;
  for (const rule of told(action, group, 'GroupId', 'GroupName', 'VpcId', 'IpPermissions').IpPermissions) {
    const { IpProtocol } = told(action, rule, 'IpProtocol');
    if (IpProtocol === 'tcp' || IpProtocol === 'udp') told(action, rule, 'FromPort', 'ToPort');
    for (const range of rule.IpRanges ?? []) told(action, range, 'CidrIp');
    for (const list of rule.PrefixListIds ?? []) told(action, list, 'PrefixListId');
  }
  return group;
}

/** Endpoints of other types have other fields; no check goes by these. */
export function wholeEndpoint(endpoint: VpcEndpoint): VpcEndpoint {
  const action = reads.endpoints;
  const { VpcEndpointType } = told(action, endpoint, 'VpcEndpointId', 'VpcEndpointType', 'State');
  if (VpcEndpointType === 'Gateway') return told(action, endpoint, 'ServiceName', 'RouteTableIds');
  if (VpcEndpointType !== 'Interface') return endpoint;
  return told(action, endpoint, 'ServiceName', 'PrivateDnsEnabled', 'SubnetIds', 'Groups');
}

export const wholeAttachment = (attachment: TransitGatewayVpcAttachment): TransitGatewayVpcAttachment =>
  told(
    reads.transitGateways,
    attachment,
    'TransitGatewayAttachmentId',
    'TransitGatewayId',
    'State',
    'SubnetIds',
  );

export function wholeDhcpOptions(options: DhcpOptions): DhcpOptions {
  const action = reads.dhcpOptions;
  for (const one of told(action, options, 'DhcpOptionsId', 'DhcpConfigurations').DhcpConfigurations) {
    for (const value of told(action, one, 'Key', 'Values').Values) told(action, value, 'Value');
  }
  return options;
}

export const wholeZone = (zone: AvailabilityZone): AvailabilityZone =>
  told(reads.zones, zone, 'ZoneName', 'ZoneType');

export const rangeOf = (entry: PrefixListEntry): string => told(reads.prefixLists, entry, 'Cidr').Cidr;
