import { describe, expect, it } from '@jest/globals';
import { dependencies } from '../../../../functions/network-verifier/dependencies.ts';
import { answerCalls, type SentCall } from '../../../support/fakes/aws-client.ts';
import { sdkError } from '../../../support/fakes/aws-errors.ts';
import { vpcId } from '../../../support/fakes/network.ts';

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
    ['routeTables', 'RouteTables', filtered('vpc-id', vpcId)],
    ['natGateways', 'NatGateways', { Filter: [{ Name: 'vpc-id', Values: [vpcId] }] }],
    ['internetGateways', 'InternetGateways', filtered('attachment.vpc-id', vpcId)],
    ['subnetsOfVpc', 'Subnets', filtered('vpc-id', vpcId)],
    ['networkAcls', 'NetworkAcls', filtered('vpc-id', vpcId)],
    ['endpoints', 'VpcEndpoints', filtered('vpc-id', vpcId)],
    ['securityGroupsOfVpc', 'SecurityGroups', filtered('vpc-id', vpcId)],
    ['transitGatewayAttachments', 'TransitGatewayVpcAttachments', filtered('vpc-id', vpcId)],
  ] as const)('has the %s of every page, of this VPC only', async (method, field, input) => {
    const { network, sent } = reader((call) =>
      call.input.NextToken
        ? { [field]: [{ VpcId: 'second' }] }
        : { [field]: [{ VpcId: 'first' }], NextToken: 'more' },
    );
    expect(await network[method](vpcId)).toEqual([{ VpcId: 'first' }, { VpcId: 'second' }]);
    expect(sent.map(({ host }) => host)).toEqual(Array(2).fill('ec2.eu-west-1.amazonaws.com'));
    expect(sent[0]?.input).toMatchObject(input);
  });

  it('asks for subnets by filter, so that an unknown one does not fail the call', async () => {
    const { network, sent } = reader(() => ({ Subnets: [{ SubnetId: 'subnet-1' }] }));
    expect(await network.subnets(['subnet-1', 'subnet-2'])).toEqual([{ SubnetId: 'subnet-1' }]);
    expect(sent[0]?.input).toMatchObject(filtered('subnet-id', 'subnet-1', 'subnet-2'));
    expect(sent[0]?.input).not.toHaveProperty('SubnetIds');
  });

  it('asks for security groups by filter, too', async () => {
    const { network, sent } = reader(() => ({ SecurityGroups: [{ GroupId: 'sg-1' }] }));
    expect(await network.securityGroups(['sg-1', 'sg-2'])).toEqual([{ GroupId: 'sg-1' }]);
    expect(sent[0]?.input).toMatchObject(filtered('group-id', 'sg-1', 'sg-2'));
  });

  it('has the ranges of a prefix list from every page', async () => {
    const { network, sent } = reader(({ input }) =>
      input.NextToken
        ? { Entries: [{ Cidr: '10.1.0.0/16' }, {}] }
        : { Entries: [{ Cidr: '10.0.0.0/16' }], NextToken: 'more' },
    );
    expect(await network.prefixListRanges('pl-1')).toEqual(['10.0.0.0/16', '10.1.0.0/16']);
    expect(sent.map(({ input }) => input.PrefixListId)).toEqual(['pl-1', 'pl-1']);
  });

  it('has every zone, those the account has not opted in to as well', async () => {
    const { network, sent } = reader(() => ({ AvailabilityZones: [{ ZoneName: 'us-east-1a' }] }));
    expect(await network.zones()).toEqual([{ ZoneName: 'us-east-1a' }]);
    expect(sent[0]?.input).toEqual({ AllAvailabilityZones: true });
    expect(await reader(() => ({})).network.zones()).toEqual([]);
  });

  it('finds the DHCP option set, or none', async () => {
    const { network, sent } = reader(() => ({ DhcpOptions: [{ DhcpOptionsId: 'dopt-1' }] }));
    expect(await network.dhcpOptions('dopt-1')).toEqual({ DhcpOptionsId: 'dopt-1' });
    expect(sent[0]?.input).toMatchObject(filtered('dhcp-options-id', 'dopt-1'));
    expect(await reader(() => ({ DhcpOptions: [] })).network.dhcpOptions('dopt-1')).toBeUndefined();
  });

  it('finds the VPC, or none', async () => {
    expect(await reader(() => ({ Vpcs: [{ VpcId: vpcId }] })).network.vpc(vpcId)).toEqual({ VpcId: vpcId });
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
