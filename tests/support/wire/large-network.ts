import type { NetworkVerifierRequest } from '../../../schemas/generated/network-verifier-request.js';
import { subnet, vpcId } from '../fakes/network.ts';
import type { Answers } from './fake-aws.ts';
import { healthyNetwork } from './healthy-network.ts';

const hex = (index: number): string => index.toString(16).padStart(17, '0');
const subnetIds = Array.from({ length: 50 }, (_, index) => `subnet-${hex(index)}`);

/** A table that leads nowhere. */
const tableOf = (SubnetId: string, index: number) => ({
  RouteTableId: `rtb-${hex(index)}`,
  VpcId: vpcId,
  Routes: [{ DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local', State: 'active' as const }],
  Associations: [{ Main: false, SubnetId, AssociationState: { State: 'associated' as const } }],
});

/** A network of as many subnets as a request may name: all are full, and none has a way out. */
export const largeNetwork: Answers = {
  ...healthyNetwork,
  'ec2:DescribeSubnets': () => ({
    Subnets: subnetIds.map((id, index) =>
      subnet(id, { CidrBlock: `10.0.${index}.0/28`, AvailableIpAddressCount: 1 }),
    ),
  }),
  'ec2:DescribeRouteTables': () => ({ RouteTables: subnetIds.map(tableOf) }),
  'ec2:DescribeVpcEndpoints': () => ({ VpcEndpoints: [] }),
};

export const largeRequest: NetworkVerifierRequest = {
  vpc_id: vpcId,
  subnet_ids: subnetIds,
  include_topology: true,
  requirements: {
    zero_egress: true,
    multi_az: true,
    private: false,
    machine_cidr: '10.0.0.0/16',
    endpoint_service_zone_ids: ['use1-az9'],
  },
};
