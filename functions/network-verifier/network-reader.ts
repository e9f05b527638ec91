import {
  type AvailabilityZone,
  DescribeAvailabilityZonesCommand,
  DescribeVpcAttributeCommand,
  type DhcpOptions,
  type EC2Client,
  type InternetGateway,
  type NatGateway,
  type NetworkAcl,
  paginateDescribeDhcpOptions,
  paginateDescribeInternetGateways,
  paginateDescribeNatGateways,
  paginateDescribeNetworkAcls,
  paginateDescribeRouteTables,
  paginateDescribeSecurityGroups,
  paginateDescribeSubnets,
  paginateDescribeTransitGatewayVpcAttachments,
  paginateDescribeVpcEndpoints,
  paginateDescribeVpcs,
  paginateGetManagedPrefixListEntries,
  type RouteTable,
  type SecurityGroup,
  type Subnet,
  type TransitGatewayVpcAttachment,
  type Vpc,
  type VpcEndpoint,
} from '@aws-sdk/client-ec2';
import { awsCall } from '../../shared/aws/aws-call-error.ts';
import { listing, told } from '../../shared/checks/listing.ts';
import { reads } from './read-actions.ts';
import * as whole from './whole-answers.ts';

/** The DNS attributes of a VPC, each of which EC2 tells by a call of its own. */
export type DnsAttribute = 'enableDnsSupport' | 'enableDnsHostnames';

/**
 * Reads a network. Every call rejects with AwsCallError when AWS refuses it, and with Undetermined when the answer
 * lacks what it should tell; every listing is complete.
 */
export interface NetworkReader {
  vpc(vpcId: string): Promise<Vpc | undefined>;
  /** undefined when AWS does not tell. */
  vpcDnsAttribute(vpcId: string, attribute: DnsAttribute): Promise<boolean | undefined>;
  /** Those of the subnets that exist. */
  subnets(subnetIds: string[]): Promise<Subnet[]>;
  subnetsOfVpc(vpcId: string): Promise<Subnet[]>;
  routeTables(vpcId: string): Promise<RouteTable[]>;
  natGateways(vpcId: string): Promise<NatGateway[]>;
  internetGateways(vpcId: string): Promise<InternetGateway[]>;
  networkAcls(vpcId: string): Promise<NetworkAcl[]>;
  endpoints(vpcId: string): Promise<VpcEndpoint[]>;
  /** Those of the security groups that exist, in whichever VPC. */
  securityGroups(groupIds: string[]): Promise<SecurityGroup[]>;
  securityGroupsOfVpc(vpcId: string): Promise<SecurityGroup[]>;
  transitGatewayAttachments(vpcId: string): Promise<TransitGatewayVpcAttachment[]>;
  /** The DHCP option set, or undefined when it does not exist. */
  dhcpOptions(dhcpOptionsId: string): Promise<DhcpOptions | undefined>;
  /** Every zone of the region, local ones included, whether the account uses it or not. */
  zones(): Promise<AvailabilityZone[]>;
  /** The IPv4 and IPv6 ranges of a prefix list of AWS or of a customer. */
  prefixListRanges(prefixListId: string): Promise<string[]>;
}

const filter = (name: string, ...values: string[]) => ({ Name: name, Values: values });
const ofVpc = (vpcId: string) => ({ Filters: [filter('vpc-id', vpcId)] });

/**
 * Reads the network of the account that the client's credentials belong to. Filters are used in place of ids:
 * they leave out what does not exist, where one unknown id would fail the whole call.
 */
export const ec2NetworkReader = (client: EC2Client): NetworkReader => ({
  vpc: async (vpcId) => {
    const pages = paginateDescribeVpcs({ client }, ofVpc(vpcId));
    const [vpc] = await listing(reads.vpc, pages, (page) => page.Vpcs, whole.wholeVpc);
    return vpc;
  },

  vpcDnsAttribute: async (vpcId, attribute) => {
    const command = new DescribeVpcAttributeCommand({ VpcId: vpcId, Attribute: attribute });
    const output = await awsCall(reads.vpcAttribute, () => client.send(command));
    return attribute === 'enableDnsSupport'
      ? output.EnableDnsSupport?.Value
      : output.EnableDnsHostnames?.Value;
  },

  subnets: (subnetIds) => {
    const pages = paginateDescribeSubnets({ client }, { Filters: [filter('subnet-id', ...subnetIds)] });
    return listing(reads.subnets, pages, (page) => page.Subnets, whole.wholeSubnet);
  },

  subnetsOfVpc: (vpcId) =>
    listing(
      reads.subnets,
      paginateDescribeSubnets({ client }, ofVpc(vpcId)),
      (page) => page.Subnets,
      whole.wholeSubnet,
    ),

  routeTables: (vpcId) => {
    const pages = paginateDescribeRouteTables({ client }, ofVpc(vpcId));
    return listing(reads.routeTables, pages, (page) => page.RouteTables, whole.wholeRouteTable);
  },

  natGateways: (vpcId) => {
    const pages = paginateDescribeNatGateways({ client }, { Filter: [filter('vpc-id', vpcId)] });
    return listing(reads.natGateways, pages, (page) => page.NatGateways, whole.wholeNatGateway);
  },

  internetGateways: (vpcId) => {
    const input = { Filters: [filter('attachment.vpc-id', vpcId)] };
    const pages = paginateDescribeInternetGateways({ client }, input);
    return listing(
      reads.internetGateways,
      pages,
      (page) => page.InternetGateways,
      whole.wholeInternetGateway,
    );
  },

  networkAcls: (vpcId) => {
    const pages = paginateDescribeNetworkAcls({ client }, ofVpc(vpcId));
    return listing(reads.networkAcls, pages, (page) => page.NetworkAcls, whole.wholeNetworkAcl);
  },

  endpoints: (vpcId) => {
    const pages = paginateDescribeVpcEndpoints({ client }, ofVpc(vpcId));
    return listing(reads.endpoints, pages, (page) => page.VpcEndpoints, whole.wholeEndpoint);
  },

  securityGroups: (groupIds) => {
    const input = { Filters: [filter('group-id', ...groupIds)] };
    const pages = paginateDescribeSecurityGroups({ client }, input);
    return listing(reads.securityGroups, pages, (page) => page.SecurityGroups, whole.wholeSecurityGroup);
  },

  securityGroupsOfVpc: (vpcId) => {
    const pages = paginateDescribeSecurityGroups({ client }, ofVpc(vpcId));
    return listing(reads.securityGroups, pages, (page) => page.SecurityGroups, whole.wholeSecurityGroup);
  },

  transitGatewayAttachments: (vpcId) => {
    const pages = paginateDescribeTransitGatewayVpcAttachments({ client }, ofVpc(vpcId));
    return listing(
      reads.transitGateways,
      pages,
      (page) => page.TransitGatewayVpcAttachments,
      whole.wholeAttachment,
    );
  },

  dhcpOptions: async (dhcpOptionsId) => {
    const input = { Filters: [filter('dhcp-options-id', dhcpOptionsId)] };
    const pages = paginateDescribeDhcpOptions({ client }, input);
    const [options] = await listing(
      reads.dhcpOptions,
      pages,
      (page) => page.DhcpOptions,
      whole.wholeDhcpOptions,
    );
    return options;
  },

  zones: async () => {
    const command = new DescribeAvailabilityZonesCommand({ AllAvailabilityZones: true });
    const output = await awsCall(reads.zones, () => client.send(command));
    return told(reads.zones, output, 'AvailabilityZones').AvailabilityZones.map(whole.wholeZone);
  },

  prefixListRanges: (prefixListId) => {
    // AWS's own lists, too: https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html
    const pages = paginateGetManagedPrefixListEntries({ client }, { PrefixListId: prefixListId });
    return listing(reads.prefixLists, pages, (page) => page.Entries, whole.rangeOf);
  },
});
