import {
  DescribeAddressesCommand,
  type EC2Client,
  paginateDescribeInternetGateways,
  paginateDescribeNatGateways,
  paginateDescribeNetworkInterfaces,
  paginateDescribeSecurityGroups,
  paginateDescribeSnapshots,
  paginateDescribeSubnets,
  paginateDescribeVolumes,
  paginateDescribeVpcEndpoints,
  paginateDescribeVpcs,
} from '@aws-sdk/client-ec2';
import { awsCall } from '../../../shared/aws/aws-call-error.ts';
import { Undetermined } from '../../../shared/checks/check.ts';
import { listing, told } from '../../../shared/checks/listing.ts';
import type { AccountReader } from '../account-reader.ts';
import { countOf, pageSize } from './listing.ts';
import { loadBalancersAmong } from './load-balancers.ts';

type InventoryReader = Pick<
  AccountReader,
  | 'volumes'
  | 'snapshotCount'
  | 'addressCount'
  | 'vpcCount'
  | 'internetGatewayCount'
  | 'securityGroupCount'
  | 'networkInterfaces'
  | 'endpoints'
  | 'natGatewayZones'
>;

/** NAT gateways in these states count ("active" there): https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html */
const countedNatStates = ['pending', 'available', 'deleting'];

/** What there is of the things that have quotas. */
export const inventoryReader = (client: EC2Client): InventoryReader => ({
  volumes: () => {
    const action = 'ec2:DescribeVolumes';
    const Filters = [{ Name: 'volume-type', Values: ['gp2', 'gp3', 'io1'] }];
    return listing(
      action,
      paginateDescribeVolumes({ client, pageSize }, { Filters }),
      (page) => page.Volumes,
      (volume) => {
        const { VolumeType: type, Size: sizeGib } = told(action, volume, 'VolumeType', 'Size');
        // Those of io1 are always provisioned: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Volume.html
        const { Iops: iops } = type === 'io1' ? told(action, volume, 'Iops') : volume;
        return { type, sizeGib, iops };
      },
    );
  },

  snapshotCount: () => {
    const pages = paginateDescribeSnapshots({ client, pageSize }, { OwnerIds: ['self'] });
    return countOf('ec2:DescribeSnapshots', pages, ({ Snapshots }) => Snapshots);
  },

  addressCount: async () => {
    // Not paginated: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeAddresses.html
    const command = new DescribeAddressesCommand({ Filters: [{ Name: 'domain', Values: ['vpc'] }] });
    const { Addresses } = await awsCall('ec2:DescribeAddresses', () => client.send(command));
    if (!Addresses) throw new Undetermined('value_absent', 'AWS does not tell the Elastic IP addresses');
    return Addresses.length;
  },

  vpcCount: () =>
    countOf('ec2:DescribeVpcs', paginateDescribeVpcs({ client, pageSize }, {}), ({ Vpcs }) => Vpcs),

  internetGatewayCount: () => {
    const pages = paginateDescribeInternetGateways({ client, pageSize }, {});
    return countOf('ec2:DescribeInternetGateways', pages, (page) => page.InternetGateways);
  },

  securityGroupCount: () => {
    const pages = paginateDescribeSecurityGroups({ client, pageSize }, {});
    return countOf('ec2:DescribeSecurityGroups', pages, ({ SecurityGroups }) => SecurityGroups);
  },

  networkInterfaces: async () => {
    const action = 'ec2:DescribeNetworkInterfaces';
    const interfaces = await listing(
      action,
      paginateDescribeNetworkInterfaces({ client, pageSize }, {}),
      (page) => page.NetworkInterfaces,
      (one) => {
        const { AvailabilityZone: zone, Description } = told(action, one, 'Description');
        return { zone, description: Description.startsWith('ELB ') ? Description : '' };
      },
    );
    return {
      zones: interfaces.map(({ zone }) => zone),
      loadBalancers: loadBalancersAmong(interfaces.map(({ description }) => description)),
    };
  },

  endpoints: () => {
    const action = 'ec2:DescribeVpcEndpoints';
    return listing(
      action,
      paginateDescribeVpcEndpoints({ client, pageSize }, {}),
      (page) => page.VpcEndpoints,
      (endpoint) => {
        const { VpcEndpointType, VpcId } = told(action, endpoint, 'VpcEndpointType', 'VpcId');
        return { type: VpcEndpointType, vpcId: VpcId };
      },
    );
  },

  natGatewayZones: async () => {
    const Filter = [{ Name: 'state', Values: countedNatStates }];
    const [gateways, subnets] = await Promise.all([
      listing(
        'ec2:DescribeNatGateways',
        paginateDescribeNatGateways({ client, pageSize }, { Filter }),
        (page) => page.NatGateways,
        ({ SubnetId }) => SubnetId,
      ),
      listing(
        'ec2:DescribeSubnets',
        paginateDescribeSubnets({ client, pageSize }, {}),
        (page) => page.Subnets,
        ({ SubnetId, AvailabilityZone }) => [SubnetId, AvailabilityZone] as const,
      ),
    ]);
    const zoneOf = new Map(subnets);
    return gateways.map((subnet) => zoneOf.get(subnet));
  },
});
