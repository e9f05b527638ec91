import type { InternetGateway, NatGateway, Route, RouteTable, Subnet, Vpc } from '@aws-sdk/client-ec2';
import type { NetworkCheck } from '../../../functions/network-verifier/network-facts.ts';
import { networkFacts } from '../../../functions/network-verifier/network-facts.ts';
import type { DnsAttribute, NetworkReader } from '../../../functions/network-verifier/network-reader.ts';
import type { NetworkRequirements } from '../../../schemas/generated/network-verifier-request.js';
import { type CheckResult, runChecks } from '../../../shared/checks/run-checks.ts';
import { type Recorded, recorded } from './recorded.ts';

export const vpcId = 'vpc-0a1b2c3d4e5f60718';
export const otherVpcId = 'vpc-0fffffffffffffff1';
export const privateSubnetId = 'subnet-0aaaaaaaaaaaaaaaa';
export const publicSubnetId = 'subnet-0bbbbbbbbbbbbbbbb';
export const natId = 'nat-0c1b2c3d4e5f60718';
export const igwId = 'igw-0d1b2c3d4e5f60718';
export const privateTableId = 'rtb-0aaaaaaaaaaaaaaaa';
export const publicTableId = 'rtb-0bbbbbbbbbbbbbbbb';
export const mainTableId = 'rtb-0eeeeeeeeeeeeeeee';

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
  AvailabilityZone: 'us-east-1a',
  CidrBlock: '10.0.0.0/24',
  ...rest,
});

export const nat = (rest: NatGateway = {}): NatGateway => ({
  NatGatewayId: natId,
  VpcId: vpcId,
  SubnetId: publicSubnetId,
  State: 'available',
  ConnectivityType: 'public',
  ...rest,
});

export const vpc = (rest: Vpc = {}): Vpc => ({
  VpcId: vpcId,
  State: 'available',
  CidrBlock: '10.0.0.0/16',
  CidrBlockAssociationSet: [{ CidrBlock: '10.0.0.0/16', CidrBlockState: { State: 'associated' } }],
  ...rest,
});

/** What a fake account's network consists of. */
interface Network {
  vpc: Vpc | undefined;
  dns: Partial<Record<DnsAttribute, boolean>>;
  subnets: Subnet[];
  routeTables: RouteTable[];
  natGateways: NatGateway[];
  internetGateways: InternetGateway[];
}

/** A network that passes every check: one private subnet behind a NAT gateway, one public one. */
export function fakeNetwork(differences: Partial<Network> = {}): Recorded<NetworkReader> {
  const network: Network = {
    vpc: vpc(),
    dns: { enableDnsSupport: true, enableDnsHostnames: true },
    subnets: [subnet(privateSubnetId), subnet(publicSubnetId, { CidrBlock: '10.0.1.0/24' })],
    routeTables: [mainTable(), privateTable(defaultRoute(toNat)), publicTable(defaultRoute(toIgw))],
    natGateways: [nat()],
    internetGateways: [{ InternetGatewayId: igwId, Attachments: [{ State: 'attached', VpcId: vpcId }] }],
    ...differences,
  };
  return recorded<NetworkReader>({
    vpc: async () => network.vpc,
    vpcDnsAttribute: async (_, attribute) => network.dns[attribute],
    subnets: async (ids) => network.subnets.filter(({ SubnetId = '' }) => ids.includes(SubnetId)),
    routeTables: async () => network.routeTables,
    natGateways: async () => network.natGateways,
    internetGateways: async () => network.internetGateways,
  });
}

/** The results of one check about the private and the public subnet, or those given. */
export function verify(
  check: NetworkCheck,
  network: NetworkReader,
  requirements: NetworkRequirements = {},
  subnetIds = [privateSubnetId, publicSubnetId],
): Promise<CheckResult[]> {
  const facts = networkFacts({ vpc_id: vpcId, subnet_ids: subnetIds, requirements }, network);
  return runChecks([check], facts, 60_000);
}
