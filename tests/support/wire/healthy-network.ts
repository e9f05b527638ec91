import type { NetworkVerifierRequest } from '../../../schemas/generated/network-verifier-request.js';
import {
  acl,
  defaultGroup,
  defaultRoute,
  dhcp,
  endpoint,
  endpointGroupId,
  group,
  igwId,
  mainTable,
  nat,
  privateAcl,
  privateSubnet,
  privateSubnetId,
  privateTable,
  privateTableId,
  publicAcl,
  publicSubnet,
  publicSubnetId,
  publicTable,
  roleTag,
  subnet,
  toIgw,
  toNat,
  vpc,
  vpcId,
} from '../fakes/network.ts';
import type { Answers } from './fake-aws.ts';

const otherSubnetId = 'subnet-0cccccccccccccccc';
const otherTableId = 'rtb-0cccccccccccccccc';
const gatewayId = 'tgw-0aaaaaaaaaaaaaaaa';

/** Prefix lists: of a partner's network, which a route leads to, and of the one private subnet. */
const partnerListId = 'pl-0aaaaaaaaaaaaaaaa';
const subnetListId = 'pl-0bbbbbbbbbbbbbbbb';

/** A private subnet of another zone, whose internet traffic goes by a transit gateway. */
const otherSubnet = subnet(otherSubnetId, {
  CidrBlock: '10.0.2.0/24',
  AvailabilityZone: 'us-east-1b',
  AvailabilityZoneId: 'use1-az2',
  Tags: [roleTag('internal-elb')],
});

const otherTable = {
  ...privateTable(defaultRoute({ TransitGatewayId: gatewayId })),
  RouteTableId: otherTableId,
  Associations: [
    { Main: false, SubnetId: otherSubnetId, AssociationState: { State: 'associated' as const } },
  ],
};

const toPartner = {
  DestinationPrefixListId: partnerListId,
  TransitGatewayId: gatewayId,
  State: 'active' as const,
};

const endpoints = [
  ...['sts', 'ecr.api', 'ecr.dkr'].map((name) =>
    endpoint(name, { SubnetIds: [privateSubnetId, otherSubnetId] }),
  ),
  endpoint('s3', { RouteTableIds: [privateTableId, otherTableId] }),
];

/** HTTPS from a prefix list, the range of one of the private subnets, and from the other. */
const endpointGroup = group(endpointGroupId, {
  IpPermissions: [
    {
      IpProtocol: 'tcp',
      FromPort: 443,
      ToPort: 443,
      IpRanges: [{ CidrIp: '10.0.2.0/24' }],
      PrefixListIds: [{ PrefixListId: subnetListId }],
    },
  ],
});

const groups = [defaultGroup(), endpointGroup];

const zone = (ZoneName: string, ZoneId: string) => ({ ZoneName, ZoneId, ZoneType: 'availability-zone' });

/** A network of a private subnet behind a NAT gateway, one behind a transit gateway, and a public one. */
export const healthyNetwork: Answers = {
  'ec2:DescribeVpcs': () => ({ Vpcs: [vpc()] }),
  'ec2:DescribeVpcAttribute': ({ Attribute }) =>
    Attribute === 'enableDnsSupport'
      ? { EnableDnsSupport: { Value: true } }
      : { EnableDnsHostnames: { Value: true } },
  'ec2:DescribeSubnets': () => ({ Subnets: [privateSubnet(), otherSubnet, publicSubnet()] }),
  'ec2:DescribeRouteTables': () => ({
    RouteTables: [
      mainTable(),
      privateTable(defaultRoute(toNat), toPartner),
      otherTable,
      publicTable(defaultRoute(toIgw)),
    ],
  }),
  'ec2:DescribeNatGateways': () => ({ NatGateways: [nat()] }),
  'ec2:DescribeInternetGateways': () => ({
    InternetGateways: [{ InternetGatewayId: igwId, Attachments: [{ State: 'attached', VpcId: vpcId }] }],
  }),
  'ec2:DescribeNetworkAcls': () => ({
    NetworkAcls: [privateAcl(), acl('acl-0cccccccccccccccc', otherSubnetId), publicAcl()],
  }),
  'ec2:DescribeVpcEndpoints': () => ({ VpcEndpoints: endpoints }),
  'ec2:DescribeSecurityGroups': (input) => ({
    SecurityGroups: groups.filter(
      ({ GroupId }) => input['Filter.1.Name'] !== 'group-id' || GroupId === input['Filter.1.Value.1'],
    ),
  }),
  'ec2:DescribeTransitGatewayVpcAttachments': () => ({
    TransitGatewayVpcAttachments: [
      {
        TransitGatewayAttachmentId: 'tgw-attach-0aaaaaaaaaaaaaaaa',
        TransitGatewayId: gatewayId,
        VpcId: vpcId,
        State: 'available',
        SubnetIds: [otherSubnetId],
      },
    ],
  }),
  'ec2:DescribeDhcpOptions': () => ({ DhcpOptions: [dhcp()] }),
  'ec2:DescribeAvailabilityZones': () => ({
    AvailabilityZones: [zone('us-east-1a', 'use1-az1'), zone('us-east-1b', 'use1-az2')],
  }),
  'ec2:GetManagedPrefixListEntries': ({ PrefixListId }) => ({
    Entries: [{ Cidr: PrefixListId === partnerListId ? '192.168.0.0/24' : '10.0.0.0/24' }],
  }),
};

/** A request that every check has something to say of. */
export const networkRequest: NetworkVerifierRequest = {
  vpc_id: vpcId,
  subnet_ids: [privateSubnetId, otherSubnetId, publicSubnetId],
  requirements: {
    zero_egress: true,
    private: false,
    machine_cidr: '10.0.0.0/16',
    public_subnet_ids: [publicSubnetId],
    additional_security_group_ids: [endpointGroupId],
    endpoint_service_zone_ids: ['use1-az1', 'use1-az2'],
  },
};
