import type {
  AvailabilityZone,
  DhcpOptions,
  NatGateway,
  NetworkAcl,
  RouteTable,
  SecurityGroup,
  Subnet,
  TransitGatewayVpcAttachment,
  Vpc,
  VpcEndpoint,
} from '@aws-sdk/client-ec2';
import type { NetworkRequirements } from '../../schemas/generated/network-verifier-request.js';
import type { CataloguedCheck } from '../../shared/checks/check.ts';
import type { Cidr } from '../../shared/network/cidr.ts';
import type { ClassifiedSubnets, SubnetRouting } from './cluster-subnets.ts';
import type { DnsAttribute } from './network-reader.ts';
import type { ActiveProbe } from './probe/active-probe.ts';

/** Whose network is read, and where. */
export interface Place {
  account: string;
  region: string;
}

/**
 * What the checks of one run share: the request, and the network, each fact of which is fetched at most once.
 * All but `dhcpOptions` and `prefixLists` are asked for by what the request says, so that checks that run at
 * once have them in one round trip; those two need an id of that round and take a second.
 */
export interface NetworkFacts extends Place {
  vpcId: string;
  /** The subnets asked for, each once. */
  subnetIds: string[];
  /** The same as they stand in the request. */
  requestedSubnetIds: string[];
  requirements: NetworkRequirements;
  /** The function's own way into the network, when the request asks for a probe of it. */
  activeProbe: ActiveProbe | undefined;
  /** The VPC, or undefined when it does not exist. */
  findVpc(): Promise<Vpc | undefined>;
  /** The VPC. @throws Undetermined when it does not exist, which `vpc_exists` reports */
  vpc(): Promise<Vpc>;
  /** Whether another account owns the VPC and shares it; some of its parts are then not shown to this one. */
  isShared(): Promise<boolean>;
  dnsAttribute(attribute: DnsAttribute): Promise<boolean>;
  /** The subnets that exist, in whichever VPC. */
  subnets(): Promise<Subnet[]>;
  /** Those in this VPC. @throws Undetermined when none is */
  ownSubnets(): Promise<Subnet[]>;
  /** All subnets of the VPC, the request's and others. */
  vpcSubnets(): Promise<Subnet[]>;
  routeTables(): Promise<RouteTable[]>;
  /** The routing of the subnets in this VPC. @throws Undetermined when none of them is in it */
  routing(): Promise<SubnetRouting>;
  /** The same, told private from public. */
  classified(): Promise<ClassifiedSubnets>;
  /** Ids of the internet gateways attached to the VPC. */
  internetGateways(): Promise<Set<string>>;
  natGateways(): Promise<NatGateway[]>;
  networkAcls(): Promise<NetworkAcl[]>;
  endpoints(): Promise<VpcEndpoint[]>;
  securityGroups(): Promise<SecurityGroup[]>;
  /** Those of the request's additional groups that exist, in whichever VPC. */
  additionalGroups(): Promise<SecurityGroup[]>;
  transitGatewayAttachments(): Promise<TransitGatewayVpcAttachment[]>;
  zones(): Promise<AvailabilityZone[]>;
  /** The VPC's DHCP option set, or undefined when it has none. */
  dhcpOptions(): Promise<DhcpOptions | undefined>;
  /** The IPv4 ranges of prefix lists, by id. */
  prefixLists(ids: string[]): Promise<Map<string, Cidr[]>>;
}

export type NetworkCheck = CataloguedCheck<NetworkFacts>;
