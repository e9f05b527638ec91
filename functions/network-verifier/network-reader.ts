import {
  DescribeVpcAttributeCommand,
  type EC2Client,
  type InternetGateway,
  type NatGateway,
  paginateDescribeInternetGateways,
  paginateDescribeNatGateways,
  paginateDescribeRouteTables,
  paginateDescribeSubnets,
  paginateDescribeVpcs,
  type RouteTable,
  type Subnet,
  type Vpc,
} from '@aws-sdk/client-ec2';
import { awsCall } from '../../shared/aws/aws-call-error.ts';
import { collect } from '../../shared/aws/collect.ts';

/** The DNS attributes of a VPC, each of which EC2 tells by a call of its own. */
export type DnsAttribute = 'enableDnsSupport' | 'enableDnsHostnames';

/** Reads a network. Every call rejects with AwsCallError when AWS refuses it; every listing is complete. */
export interface NetworkReader {
  vpc(vpcId: string): Promise<Vpc | undefined>;
  /** undefined when AWS does not tell. */
  vpcDnsAttribute(vpcId: string, attribute: DnsAttribute): Promise<boolean | undefined>;
  /** Those of the subnets that exist. */
  subnets(subnetIds: string[]): Promise<Subnet[]>;
  routeTables(vpcId: string): Promise<RouteTable[]>;
  natGateways(vpcId: string): Promise<NatGateway[]>;
  internetGateways(vpcId: string): Promise<InternetGateway[]>;
}

const filter = (name: string, ...values: string[]) => ({ Name: name, Values: values });

/**
 * Reads the network of the account that the client's credentials belong to. Filters are used in place of ids:
 * they leave out what does not exist, where one unknown id would fail the whole call.
 */
export const ec2NetworkReader = (client: EC2Client): NetworkReader => ({
  vpc: async (vpcId) => {
    const pages = paginateDescribeVpcs({ client }, { Filters: [filter('vpc-id', vpcId)] });
    const [vpc] = await collect('ec2:DescribeVpcs', pages, (page) => page.Vpcs);
    return vpc;
  },

  vpcDnsAttribute: async (vpcId, attribute) => {
    const command = new DescribeVpcAttributeCommand({ VpcId: vpcId, Attribute: attribute });
    const output = await awsCall('ec2:DescribeVpcAttribute', () => client.send(command));
    return attribute === 'enableDnsSupport'
      ? output.EnableDnsSupport?.Value
      : output.EnableDnsHostnames?.Value;
  },

  subnets: (subnetIds) => {
    const pages = paginateDescribeSubnets({ client }, { Filters: [filter('subnet-id', ...subnetIds)] });
    return collect('ec2:DescribeSubnets', pages, (page) => page.Subnets);
  },

  routeTables: (vpcId) => {
    const pages = paginateDescribeRouteTables({ client }, { Filters: [filter('vpc-id', vpcId)] });
    return collect('ec2:DescribeRouteTables', pages, (page) => page.RouteTables);
  },

  natGateways: (vpcId) => {
    const pages = paginateDescribeNatGateways({ client }, { Filter: [filter('vpc-id', vpcId)] });
    return collect('ec2:DescribeNatGateways', pages, (page) => page.NatGateways);
  },

  internetGateways: (vpcId) => {
    const pages = paginateDescribeInternetGateways(
      { client },
      { Filters: [filter('attachment.vpc-id', vpcId)] },
    );
    return collect('ec2:DescribeInternetGateways', pages, (page) => page.InternetGateways);
  },
});
