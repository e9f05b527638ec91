import {
  AssociateDhcpOptionsCommand,
  CreateDhcpOptionsCommand,
  CreateManagedPrefixListCommand,
  CreateRouteCommand,
  CreateSecurityGroupCommand,
  DescribeRouteTablesCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import type { NetworkVerifierRequest } from '../../schemas/generated/network-verifier-request.js';
import type { PreflightCheckerRequest } from '../../schemas/generated/preflight-checker-request.js';
import { administrator, type CustomerAccount } from '../../tools/journey/customer-account.ts';
import { namedRoles } from './fakes/cluster-roles.ts';
import type { Laptop } from './laptop.ts';

const given = <Value>(value: Value | undefined): Value => {
  if (value === undefined) throw new Error('the laptop AWS left out what it has made');
  return value;
};

/** Gives the VPC what makes a check read more: DHCP options, a prefix list that a table routes, a group. */
async function prepareNetwork(laptop: Laptop, { vpcId, privateSubnetIds, natGatewayId }: CustomerAccount) {
  const ec2 = new EC2Client(administrator(laptop.aws));
  const { DhcpOptions } = await ec2.send(
    new CreateDhcpOptionsCommand({
      DhcpConfigurations: [
        { Key: 'domain-name', Values: ['ec2.internal'] },
        { Key: 'domain-name-servers', Values: ['AmazonProvidedDNS'] },
      ],
    }),
  );
  await ec2.send(
    new AssociateDhcpOptionsCommand({ VpcId: vpcId, DhcpOptionsId: given(DhcpOptions?.DhcpOptionsId) }),
  );
  const { PrefixList } = await ec2.send(
    new CreateManagedPrefixListCommand({
      PrefixListName: 'partner',
      AddressFamily: 'IPv4',
      MaxEntries: 1,
      Entries: [{ Cidr: '192.168.0.0/24' }],
    }),
  );
  const Filters = [{ Name: 'association.subnet-id', Values: [given(privateSubnetIds[0])] }];
  const { RouteTables } = await ec2.send(new DescribeRouteTablesCommand({ Filters }));
  await ec2.send(
    new CreateRouteCommand({
      RouteTableId: given(RouteTables?.[0]?.RouteTableId),
      DestinationPrefixListId: given(PrefixList?.PrefixListId),
      NatGatewayId: natGatewayId,
    }),
  );
  const { GroupId } = await ec2.send(
    new CreateSecurityGroupCommand({ VpcId: vpcId, GroupName: 'more', Description: 'for nodes' }),
  );
  return given(GroupId);
}

/** A quota's value, `never-raised` for one that has only AWS's default. */
export async function grantQuota(
  { aws }: Laptop,
  serviceCode: string,
  quotaCode: string,
  value: number | 'never-raised',
) {
  const body = JSON.stringify({ serviceCode, quotaCode, value });
  const response = await fetch(`${aws.url}/_local-aws/quotas`, { method: 'PUT', body });
  if (!response.ok) throw new Error(`the quota was refused: ${await response.text()}`);
}

/** Makes an account in which the two checkers use every action but ec2:DescribeSnapshots, and such requests. */
export async function prepareDemandingAccount(laptop: Laptop, account: CustomerAccount) {
  const groupId = await prepareNetwork(laptop, account);
  // That of Elastic IPs.
  await grantQuota(laptop, 'ec2', 'L-0263D0A3', 'never-raised');
  const preflight: PreflightCheckerRequest = {
    region: 'us-east-1',
    cluster_config: {
      ...namedRoles,
      instance_types: ['m5.xlarge'],
      node_count: 3,
      availability_zones: ['us-east-1a', 'us-east-1b', 'us-east-1c'],
      vpc_id: account.vpcId,
      capacity_reservation_id: 'cr-01234567',
      ami_id: 'ami-01234567',
    },
  };
  const network: NetworkVerifierRequest = {
    vpc_id: account.vpcId,
    subnet_ids: [...account.privateSubnetIds, ...account.publicSubnetIds],
    requirements: { private: false, additional_security_group_ids: [groupId] },
  };
  return { preflight, network };
}
