/**
 * The IAM actions the function reads with, each of them in function.yml. A check names those without which it
 * cannot be determined.
 */
export const reads = {
  dhcpOptions: 'ec2:DescribeDhcpOptions',
  endpoints: 'ec2:DescribeVpcEndpoints',
  internetGateways: 'ec2:DescribeInternetGateways',
  natGateways: 'ec2:DescribeNatGateways',
  networkAcls: 'ec2:DescribeNetworkAcls',
  prefixLists: 'ec2:GetManagedPrefixListEntries',
  routeTables: 'ec2:DescribeRouteTables',
  securityGroups: 'ec2:DescribeSecurityGroups',
  subnets: 'ec2:DescribeSubnets',
  transitGateways: 'ec2:DescribeTransitGatewayVpcAttachments',
  vpc: 'ec2:DescribeVpcs',
  vpcAttribute: 'ec2:DescribeVpcAttribute',
  zones: 'ec2:DescribeAvailabilityZones',
} as const;

/** What telling private subnets from public ones takes: in a shared VPC it is done otherwise. */
export const readsClassification = [
  reads.subnets,
  reads.routeTables,
  reads.internetGateways,
  reads.vpc,
] as const;
