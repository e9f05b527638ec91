import type {
  AvailabilityZone,
  DhcpOptions,
  InternetGateway,
  NatGateway,
  NetworkAcl,
  NetworkAclEntry,
  Route,
  RouteTable,
  SecurityGroup,
  Subnet,
  TransitGatewayVpcAttachment,
  Vpc,
  VpcEndpoint,
} from '@aws-sdk/client-ec2';
import type { NetworkCheck } from '../../../functions/network-verifier/network-facts.ts';
import type { DnsAttribute, NetworkReader } from '../../../functions/network-verifier/network-reader.ts';
import type { ActiveProbe } from '../../../functions/network-verifier/probe/active-probe.ts';
import { networkFacts } from '../../../functions/network-verifier/read-facts.ts';
import type { NetworkRequirements } from '../../../schemas/generated/network-verifier-request.js';
import { type CheckResult, runChecks } from '../../../shared/checks/run-checks.ts';
import { type Recorded, recorded } from './recorded.ts';
import { noted } from './seen-findings.ts';

export const accountId = '123456789012';
export const region = 'us-east-1';
export const vpcId = 'vpc-0a1b2c3d4e5f60718';
export const otherVpcId = 'vpc-0fffffffffffffff1';
export const privateSubnetId = 'subnet-0aaaaaaaaaaaaaaaa';
export const publicSubnetId = 'subnet-0bbbbbbbbbbbbbbbb';
export const natId = 'nat-0c1b2c3d4e5f60718';
export const igwId = 'igw-0d1b2c3d4e5f60718';
export const privateTableId = 'rtb-0aaaaaaaaaaaaaaaa';
export const publicTableId = 'rtb-0bbbbbbbbbbbbbbbb';
export const mainTableId = 'rtb-0eeeeeeeeeeeeeeee';

export const privateAclId = 'acl-0aaaaaaaaaaaaaaaa';
export const publicAclId = 'acl-0bbbbbbbbbbbbbbbb';
export const endpointGroupId = 'sg-0aaaaaaaaaaaaaaaa';
export const dhcpOptionsId = 'dopt-0aaaaaaaaaaaaaaaa';

export const toNat: Route = { NatGatewayId: natId };
export const toIgw: Route = { GatewayId: igwId };
const local: Route = { DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local', Origin: 'CreateRouteTable' };

/** An active IPv4 route somebody made; `target` may override anything of it. */
export const route = (destination: string, target: Route): Route => ({
  DestinationCidrBlock: destination,
  Origin: 'CreateRoute',
  State: 'active',
  ...target,
});

export const defaultRoute = (target: Route): Route => route('0.0.0.0/0', target);

const table = (
  RouteTableId: string,
  Associations: RouteTable['Associations'],
  routes: Route[],
): RouteTable => ({
  RouteTableId,
  VpcId: vpcId,
  Associations,
  Routes: [{ ...local, State: 'active' }, ...routes],
});

const explicit = (SubnetId: string): RouteTable['Associations'] => [
  { Main: false, SubnetId, AssociationState: { State: 'associated' } },
];

/** The table associated with the private subnet. */
export const privateTable = (...routes: Route[]): RouteTable =>
  table(privateTableId, explicit(privateSubnetId), routes);

/** The table associated with the public subnet. */
export const publicTable = (...routes: Route[]): RouteTable =>
  table(publicTableId, explicit(publicSubnetId), routes);

/** The VPC's main table, which names no subnet. */
export const mainTable = (...routes: Route[]): RouteTable =>
  table(mainTableId, [{ Main: true, AssociationState: { State: 'associated' } }], routes);

export const subnet = (SubnetId: string, rest: Subnet = {}): Subnet => ({
  SubnetId,
  VpcId: vpcId,
  State: 'available',
  OwnerId: accountId,
  AvailabilityZone: 'us-east-1a',
  AvailabilityZoneId: 'use1-az1',
  CidrBlock: '10.0.0.0/24',
  AvailableIpAddressCount: 250,
  BlockPublicAccessStates: { InternetGatewayBlockMode: 'off' },
  MapPublicIpOnLaunch: false,
  Ipv6Native: false,
  EnableDns64: false,
  Tags: [],
  ...rest,
});

/** The tag that lets load balancers of a kind use a subnet. */
export const roleTag = (role: 'elb' | 'internal-elb', value = '1') => ({
  Key: `kubernetes.io/role/${role}`,
  Value: value,
});

export const privateSubnet = (rest: Subnet = {}): Subnet =>
  subnet(privateSubnetId, { Tags: [roleTag('internal-elb')], ...rest });

export const publicSubnet = (rest: Subnet = {}): Subnet =>
  subnet(publicSubnetId, { CidrBlock: '10.0.1.0/24', Tags: [roleTag('elb')], ...rest });

export const nat = (rest: NatGateway = {}): NatGateway => ({
  NatGatewayId: natId,
  VpcId: vpcId,
  SubnetId: publicSubnetId,
  State: 'available',
  ConnectivityType: 'public',
  AvailabilityMode: 'zonal',
  ...rest,
});

/** A rule of a network ACL for everything, inbound; `rest` may override anything of it. */
export const aclRule = (
  RuleNumber: number,
  RuleAction: 'allow' | 'deny',
  rest: NetworkAclEntry = {},
): NetworkAclEntry => ({
  RuleNumber,
  RuleAction,
  Egress: false,
  Protocol: '-1',
  CidrBlock: '0.0.0.0/0',
  ...rest,
});

const allowAll = [false, true].flatMap((Egress) => [
  aclRule(100, 'allow', { Egress }),
  aclRule(32767, 'deny', { Egress }),
]);

/** An ACL of one subnet that allows everything but what the earlier rules say. */
export const acl = (NetworkAclId: string, SubnetId: string, ...earlier: NetworkAclEntry[]): NetworkAcl => ({
  NetworkAclId,
  VpcId: vpcId,
  Associations: [{ NetworkAclId, SubnetId }],
  Entries: [...allowAll, ...earlier],
});

export const privateAcl = (...earlier: NetworkAclEntry[]) => acl(privateAclId, privateSubnetId, ...earlier);
export const publicAcl = (...earlier: NetworkAclEntry[]) => acl(publicAclId, publicSubnetId, ...earlier);

const fullAccess = '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}';

/** A working endpoint for a service such as `sts`, of the kind a zero-egress cluster needs. */
export const endpoint = (service: string, rest: VpcEndpoint = {}): VpcEndpoint => ({
  VpcEndpointId: `vpce-${service}`,
  VpcId: vpcId,
  ServiceName: `com.amazonaws.${region}.${service}`,
  State: 'available' as VpcEndpoint['State'],
  PolicyDocument: fullAccess,
  ...(service === 's3'
    ? { VpcEndpointType: 'Gateway', RouteTableIds: [privateTableId] }
    : {
        VpcEndpointType: 'Interface',
        PrivateDnsEnabled: true,
        SubnetIds: [privateSubnetId],
        Groups: [{ GroupId: endpointGroupId }],
      }),
  ...rest,
});

/** The endpoints of a zero-egress cluster. */
export const neededEndpoints = () => ['sts', 'ecr.api', 'ecr.dkr', 's3'].map((name) => endpoint(name));

export const group = (GroupId: string, rest: SecurityGroup = {}): SecurityGroup => ({
  GroupId,
  GroupName: 'made-by-hand',
  VpcId: vpcId,
  IpPermissions: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '10.0.0.0/16' }] }],
  IpPermissionsEgress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
  ...rest,
});

/** The group every VPC has. */
export const defaultGroup = (rest: SecurityGroup = {}): SecurityGroup =>
  group('sg-0dddddddddddddddd', {
    GroupName: 'default',
    IpPermissions: [{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: 'sg-0dddddddddddddddd' }] }],
    ...rest,
  });

export const dhcp = (configuration: Record<string, string[]> = {}): DhcpOptions => ({
  DhcpOptionsId: dhcpOptionsId,
  DhcpConfigurations: Object.entries({
    'domain-name': ['ec2.internal'],
    'domain-name-servers': ['AmazonProvidedDNS'],
    ...configuration,
  })
    .filter(([, values]) => values.length > 0)
    .map(([Key, values]) => ({ Key, Values: values.map((Value) => ({ Value })) })),
});

export const vpc = (rest: Vpc = {}): Vpc => ({
  VpcId: vpcId,
  State: 'available',
  OwnerId: accountId,
  InstanceTenancy: 'default',
  DhcpOptionsId: dhcpOptionsId,
  BlockPublicAccessStates: { InternetGatewayBlockMode: 'off' },
  Tags: [],
  CidrBlock: '10.0.0.0/16',
  CidrBlockAssociationSet: [{ CidrBlock: '10.0.0.0/16', CidrBlockState: { State: 'associated' } }],
  ...rest,
});

/** What a fake account's network consists of. */
export interface Network {
  vpc: Vpc | undefined;
  dns: Partial<Record<DnsAttribute, boolean>>;
  subnets: Subnet[];
  routeTables: RouteTable[];
  natGateways: NatGateway[];
  internetGateways: InternetGateway[];
  /** Subnets of the VPC besides those of `subnets`. */
  otherSubnets: Subnet[];
  networkAcls: NetworkAcl[];
  endpoints: VpcEndpoint[];
  securityGroups: SecurityGroup[];
  transitGatewayAttachments: TransitGatewayVpcAttachment[];
  dhcpOptions: DhcpOptions | undefined;
  zones: AvailabilityZone[];
  prefixLists: Record<string, string[]>;
}

/** A network that passes every check: one private subnet behind a NAT gateway, one public one. */
export function fakeNetwork(differences: Partial<Network> = {}): Recorded<NetworkReader> {
  const network: Network = {
    vpc: vpc(),
    dns: { enableDnsSupport: true, enableDnsHostnames: true },
    subnets: [privateSubnet(), publicSubnet()],
    routeTables: [mainTable(), privateTable(defaultRoute(toNat)), publicTable(defaultRoute(toIgw))],
    natGateways: [nat()],
    internetGateways: [{ InternetGatewayId: igwId, Attachments: [{ State: 'attached', VpcId: vpcId }] }],
    otherSubnets: [],
    networkAcls: [privateAcl(), publicAcl()],
    endpoints: [endpoint('s3')],
    securityGroups: [defaultGroup(), group(endpointGroupId)],
    transitGatewayAttachments: [],
    dhcpOptions: dhcp(),
    zones: [{ ZoneName: 'us-east-1a', ZoneId: 'use1-az1', ZoneType: 'availability-zone' }],
    prefixLists: {},
    ...differences,
  };
  return recorded<NetworkReader>({
    vpc: async () => network.vpc,
    vpcDnsAttribute: async (_, attribute) => network.dns[attribute],
    subnets: async (ids) => network.subnets.filter(({ SubnetId = '' }) => ids.includes(SubnetId)),
    routeTables: async () => network.routeTables,
    natGateways: async () => network.natGateways,
    internetGateways: async () => network.internetGateways,
    subnetsOfVpc: async () =>
      [...network.subnets, ...network.otherSubnets].filter(({ VpcId }) => VpcId === vpcId),
    networkAcls: async () => network.networkAcls,
    endpoints: async () => network.endpoints,
    securityGroups: async (ids) => network.securityGroups.filter(({ GroupId = '' }) => ids.includes(GroupId)),
    securityGroupsOfVpc: async () => network.securityGroups.filter(({ VpcId }) => VpcId === vpcId),
    transitGatewayAttachments: async () => network.transitGatewayAttachments,
    dhcpOptions: async () => network.dhcpOptions,
    zones: async () => network.zones,
    prefixListRanges: async (id) => network.prefixLists[id] ?? [],
  });
}

/** The results of one check about the private and the public subnet, or those given. */
export function verify(
  check: NetworkCheck,
  network: NetworkReader,
  requirements: NetworkRequirements = {},
  subnetIds = [privateSubnetId, publicSubnetId],
  { probe, place = region }: { probe?: ActiveProbe; place?: string } = {},
): Promise<CheckResult[]> {
  const request = { vpc_id: vpcId, subnet_ids: subnetIds, requirements };
  const facts = networkFacts(request, network, { account: accountId, region: place }, probe);
  return runChecks([check], facts, 60_000).then(noted);
}

/** The same about a network that differs from one in order. */
export const verifyIn = (
  check: NetworkCheck,
  differences: Partial<Network>,
  requirements: NetworkRequirements = {},
  subnetIds?: string[],
  place?: string,
): Promise<CheckResult[]> => verify(check, fakeNetwork(differences), requirements, subnetIds, { place });
