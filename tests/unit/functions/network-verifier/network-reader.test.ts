import { describe, expect, it } from '@jest/globals';
import { dependencies } from '../../../../functions/network-verifier/dependencies.ts';
import { answerCalls, type SentCall } from '../../../support/fakes/aws-client.ts';
import { sdkError } from '../../../support/fakes/aws-errors.ts';
import {
  dhcp,
  dhcpOptionsId,
  endpoint,
  endpointGroupId,
  group,
  igwId,
  nat,
  privateAcl,
  privateSubnet,
  privateSubnetId,
  privateTable,
  vpc,
  vpcId,
} from '../../../support/fakes/network.ts';

const attachment = {
  TransitGatewayAttachmentId: 'tgw-attach-1',
  TransitGatewayId: 'tgw-1',
  State: 'available',
  SubnetIds: [],
};
const zone = { ZoneName: 'us-east-1a', ZoneType: 'availability-zone' };

/** The reader as it is deployed, with EC2 answering every call alike; remembers what was sent. */
function reader(answer: (call: SentCall) => object) {
  const sent: SentCall[] = [];
  const remember = (call: SentCall) => {
    sent.push(call);
    return answer(call);
  };
  return { network: dependencies((client) => answerCalls(client, remember)).networkIn('eu-west-1'), sent };
}

const filtered = (name: string, ...values: string[]) => ({ Filters: [{ Name: name, Values: values }] });

describe('reading a network', () => {
  it.each([
    ['routeTables', 'RouteTables', filtered('vpc-id', vpcId), privateTable()],
    ['natGateways', 'NatGateways', { Filter: [{ Name: 'vpc-id', Values: [vpcId] }] }, nat()],
    [
      'internetGateways',
      'InternetGateways',
      filtered('attachment.vpc-id', vpcId),
      { InternetGatewayId: igwId },
    ],
    ['subnetsOfVpc', 'Subnets', filtered('vpc-id', vpcId), privateSubnet()],
    ['networkAcls', 'NetworkAcls', filtered('vpc-id', vpcId), privateAcl()],
    ['endpoints', 'VpcEndpoints', filtered('vpc-id', vpcId), endpoint('sts')],
    ['securityGroupsOfVpc', 'SecurityGroups', filtered('vpc-id', vpcId), group(endpointGroupId)],
    ['transitGatewayAttachments', 'TransitGatewayVpcAttachments', filtered('vpc-id', vpcId), attachment],
  ] as const)('has the %s of every page, of this VPC only', async (method, field, input, item) => {
    const [first, second] = [item, { ...item, Tags: [{ Key: 'page', Value: '2' }] }];
    const { network, sent } = reader((call) =>
      call.input.NextToken ? { [field]: [second] } : { [field]: [first], NextToken: 'more' },
    );
    expect(await network[method](vpcId)).toEqual([first, second]);
    expect(sent.map(({ host }) => host)).toEqual(Array(2).fill('ec2.eu-west-1.amazonaws.com'));
    expect(sent[0]?.input).toMatchObject(input);
  });

  it('asks for subnets by filter, so that an unknown one does not fail the call', async () => {
    const { network, sent } = reader(() => ({ Subnets: [privateSubnet()] }));
    expect(await network.subnets([privateSubnetId, 'subnet-2'])).toEqual([privateSubnet()]);
    expect(sent[0]?.input).toMatchObject(filtered('subnet-id', privateSubnetId, 'subnet-2'));
    expect(sent[0]?.input).not.toHaveProperty('SubnetIds');
  });

  it('asks for security groups by filter, too', async () => {
    const { network, sent } = reader(() => ({ SecurityGroups: [group(endpointGroupId)] }));
    expect(await network.securityGroups([endpointGroupId, 'sg-2'])).toEqual([group(endpointGroupId)]);
    expect(sent[0]?.input).toMatchObject(filtered('group-id', endpointGroupId, 'sg-2'));
  });

  it('has the ranges of a prefix list from every page', async () => {
    const { network, sent } = reader(({ input }) =>
      input.NextToken
        ? { Entries: [{ Cidr: '10.1.0.0/16' }] }
        : { Entries: [{ Cidr: '10.0.0.0/16' }], NextToken: 'more' },
    );
    expect(await network.prefixListRanges('pl-1')).toEqual(['10.0.0.0/16', '10.1.0.0/16']);
    expect(sent.map(({ input }) => input.PrefixListId)).toEqual(['pl-1', 'pl-1']);
  });

  it('has every zone, those the account has not opted in to as well', async () => {
    const { network, sent } = reader(() => ({ AvailabilityZones: [zone] }));
    expect(await network.zones()).toEqual([zone]);
    expect(sent[0]?.input).toEqual({ AllAvailabilityZones: true });
    await expect(reader(() => ({})).network.zones()).rejects.toMatchObject({ reason: 'value_absent' });
  });

  it('finds the DHCP option set, or none', async () => {
    const { network, sent } = reader(() => ({ DhcpOptions: [dhcp()] }));
    expect(await network.dhcpOptions(dhcpOptionsId)).toEqual(dhcp());
    expect(sent[0]?.input).toMatchObject(filtered('dhcp-options-id', dhcpOptionsId));
    expect(await reader(() => ({ DhcpOptions: [] })).network.dhcpOptions('dopt-1')).toBeUndefined();
  });

  it('finds the VPC, or none', async () => {
    expect(await reader(() => ({ Vpcs: [vpc()] })).network.vpc(vpcId)).toEqual(vpc());
    expect(await reader(() => ({ Vpcs: [] })).network.vpc(vpcId)).toBeUndefined();
  });

  describe.each([
    ['enableDnsSupport', 'EnableDnsSupport', 'EnableDnsHostnames'],
    ['enableDnsHostnames', 'EnableDnsHostnames', 'EnableDnsSupport'],
  ] as const)('of the attribute %s', (attribute, field, other) => {
    it.each([true, false, undefined])('tells %s and does not mistake the other one for it', async (Value) => {
      const { network, sent } = reader(() => ({ [field]: { Value }, [other]: { Value: !Value } }));
      expect(await network.vpcDnsAttribute(vpcId, attribute)).toBe(Value);
      expect(sent[0]?.input).toEqual({ VpcId: vpcId, Attribute: attribute });
    });

    it('tells nothing when AWS gives no attribute', async () => {
      expect(await reader(() => ({})).network.vpcDnsAttribute(vpcId, attribute)).toBeUndefined();
    });
  });

  it.each([
    ['vpc', 'ec2:DescribeVpcs'],
    ['subnets', 'ec2:DescribeSubnets'],
    ['routeTables', 'ec2:DescribeRouteTables'],
    ['natGateways', 'ec2:DescribeNatGateways'],
    ['internetGateways', 'ec2:DescribeInternetGateways'],
    ['vpcDnsAttribute', 'ec2:DescribeVpcAttribute'],
    ['subnetsOfVpc', 'ec2:DescribeSubnets'],
    ['networkAcls', 'ec2:DescribeNetworkAcls'],
    ['endpoints', 'ec2:DescribeVpcEndpoints'],
    ['securityGroups', 'ec2:DescribeSecurityGroups'],
    ['securityGroupsOfVpc', 'ec2:DescribeSecurityGroups'],
    ['transitGatewayAttachments', 'ec2:DescribeTransitGatewayVpcAttachments'],
    ['dhcpOptions', 'ec2:DescribeDhcpOptions'],
    ['zones', 'ec2:DescribeAvailabilityZones'],
    ['prefixListRanges', 'ec2:GetManagedPrefixListEntries'],
  ] as const)('fails %s naming %s when that is denied', async (method, action) => {
    const { network } = reader(() => {
      throw sdkError('UnauthorizedOperation');
    });
    const calls = {
      vpc: () => network.vpc(vpcId),
      subnets: () => network.subnets(['subnet-1']),
      routeTables: () => network.routeTables(vpcId),
      natGateways: () => network.natGateways(vpcId),
      internetGateways: () => network.internetGateways(vpcId),
      vpcDnsAttribute: () => network.vpcDnsAttribute(vpcId, 'enableDnsSupport'),
      subnetsOfVpc: () => network.subnetsOfVpc(vpcId),
      networkAcls: () => network.networkAcls(vpcId),
      endpoints: () => network.endpoints(vpcId),
      securityGroups: () => network.securityGroups(['sg-1']),
      securityGroupsOfVpc: () => network.securityGroupsOfVpc(vpcId),
      transitGatewayAttachments: () => network.transitGatewayAttachments(vpcId),
      dhcpOptions: () => network.dhcpOptions('dopt-1'),
      zones: () => network.zones(),
      prefixListRanges: () => network.prefixListRanges('pl-1'),
    };
    await expect(calls[method]()).rejects.toMatchObject({ action, failure: 'denied' });
  });
});
