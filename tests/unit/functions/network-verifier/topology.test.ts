import { describe, expect, it } from '@jest/globals';
import type { NetworkReader } from '../../../../functions/network-verifier/network-reader.ts';
import { networkFacts } from '../../../../functions/network-verifier/read-facts.ts';
import { describeTopology } from '../../../../functions/network-verifier/topology/describe-topology.ts';
import type { NetworkTopology } from '../../../../schemas/generated/network-verifier-result.js';
import { awsError } from '../../../support/fakes/aws-errors.ts';
import {
  accountId,
  defaultRoute,
  endpoint,
  fakeNetwork,
  igwId,
  mainTable,
  mainTableId,
  type Network,
  nat,
  natId,
  privateAclId,
  privateSubnet,
  privateSubnetId,
  privateTable,
  privateTableId,
  publicAclId,
  publicSubnet,
  publicSubnetId,
  publicTable,
  publicTableId,
  region,
  subnet,
  toIgw,
  toNat,
  vpc,
  vpcId,
} from '../../../support/fakes/network.ts';

const named = (Value: string) => ({ Tags: [{ Key: 'Name', Value }] });

const described = (network: NetworkReader, subnetIds = [privateSubnetId, publicSubnetId], ms = 60_000) => {
  const request = { vpc_id: vpcId, subnet_ids: subnetIds };
  return describeTopology(networkFacts(request, network, { account: accountId, region }), ms);
};
const topologyOf = (differences: Partial<Network>, subnetIds?: string[]) =>
  described(fakeNetwork(differences), subnetIds);
const ids = (parts: { id: string }[]) => parts.map(({ id }) => id);

describe('the topology of a VPC', () => {
  it('has its parts and how they are connected', async () => {
    const topology = await topologyOf({ endpoints: [endpoint('s3'), endpoint('sts', named('sts'))] });
    expect(topology).toEqual({
      vpc: { id: vpcId, cidrs: ['10.0.0.0/16'] },
      subnets: [
        {
          id: privateSubnetId,
          cidr: '10.0.0.0/24',
          zone: 'us-east-1a',
          kind: 'private',
          requested: true,
          route_table_id: privateTableId,
          network_acl_id: privateAclId,
        },
        {
          id: publicSubnetId,
          cidr: '10.0.1.0/24',
          zone: 'us-east-1a',
          kind: 'public',
          requested: true,
          route_table_id: publicTableId,
          network_acl_id: publicAclId,
        },
      ],
      route_tables: [
        {
          id: privateTableId,
          main: false,
          routes: [
            { destination: '10.0.0.0/16', target_kind: 'local', target_id: 'local', state: 'active' },
            { destination: '0.0.0.0/0', target_kind: 'nat-gateway', target_id: natId, state: 'active' },
          ],
        },
        {
          id: publicTableId,
          main: false,
          routes: [
            { destination: '10.0.0.0/16', target_kind: 'local', target_id: 'local', state: 'active' },
            { destination: '0.0.0.0/0', target_kind: 'internet-gateway', target_id: igwId, state: 'active' },
          ],
        },
      ],
      internet_gateways: [{ id: igwId }],
      nat_gateways: [{ id: natId, state: 'available', subnet_id: publicSubnetId }],
      transit_gateways: [],
      endpoints: [
        {
          id: 'vpce-s3',
          service: 'com.amazonaws.us-east-1.s3',
          type: 'Gateway',
          state: 'available',
          subnet_ids: [],
          route_table_ids: [privateTableId],
        },
        {
          id: 'vpce-sts',
          name: 'sts',
          service: 'com.amazonaws.us-east-1.sts',
          type: 'Interface',
          state: 'available',
          subnet_ids: [privateSubnetId],
          route_table_ids: [],
        },
      ],
      not_determined: [],
    } satisfies NetworkTopology);
  });

  it('has the names that people gave', async () => {
    const {
      vpc: theVpc,
      subnets,
      route_tables,
      nat_gateways,
    } = await topologyOf({
      vpc: vpc(named('home')),
      subnets: [privateSubnet(named('inside')), publicSubnet()],
      routeTables: [
        { ...privateTable(defaultRoute(toNat)), ...named('out') },
        publicTable(defaultRoute(toIgw)),
      ],
      natGateways: [nat(named('exit'))],
    });
    expect([theVpc.name, subnets[0]?.name, route_tables[0]?.name, nat_gateways[0]?.name]).toEqual([
      'home',
      'inside',
      'out',
      'exit',
    ]);
  });

  it('has subnets that NAT gateways and endpoints are in, and no others', async () => {
    const otherSubnets = [publicSubnet(), subnet('subnet-1'), subnet('subnet-2')];
    const network = {
      subnets: [privateSubnet()],
      otherSubnets,
      routeTables: [mainTable(), privateTable(defaultRoute(toNat)), publicTable(defaultRoute(toIgw))],
      endpoints: [endpoint('sts', { SubnetIds: ['subnet-1'] })],
    };
    const { subnets, route_tables } = await topologyOf(network, [privateSubnetId]);
    expect(subnets.map(({ id, requested, kind }) => [id, requested, kind])).toEqual([
      [privateSubnetId, true, 'private'],
      [publicSubnetId, false, 'public'],
      ['subnet-1', false, 'private'],
    ]);
    expect(route_tables.map(({ id, main }) => [id, main])).toEqual([
      [privateTableId, false],
      [publicTableId, false],
      [mainTableId, true],
    ]);
  });

  it('leaves out what is deleted, but a NAT gateway that routes still name', async () => {
    const deleted = { State: 'deleted' as const };
    const { nat_gateways, endpoints, transit_gateways } = await topologyOf({
      natGateways: [nat(deleted), nat({ NatGatewayId: 'nat-2', ...deleted })],
      endpoints: [endpoint('s3', { State: 'deleted' as never }), endpoint('sts')],
      transitGatewayAttachments: [
        { TransitGatewayId: 'tgw-1', TransitGatewayAttachmentId: 'tgw-attach-1', State: 'available' },
        { TransitGatewayId: 'tgw-2', ...deleted },
      ],
    });
    expect(nat_gateways.map(({ id, state }) => [id, state])).toEqual([[natId, 'deleted']]);
    expect(ids(endpoints)).toEqual(['vpce-sts']);
    expect(transit_gateways).toEqual([{ id: 'tgw-1', attachment_id: 'tgw-attach-1', state: 'available' }]);
  });

  it('has routes to prefix lists, dead routes, and none for IPv6', async () => {
    const { route_tables } = await topologyOf({
      routeTables: [
        privateTable(
          { DestinationPrefixListId: 'pl-1', GatewayId: 'vpce-s3', State: 'active' },
          { DestinationIpv6CidrBlock: '::/0', EgressOnlyInternetGatewayId: 'eigw-1', State: 'active' },
          defaultRoute({ ...toNat, State: 'blackhole' }),
        ),
        publicTable(),
      ],
    });
    expect(route_tables[0]?.routes.slice(1)).toEqual([
      { destination: 'pl-1', target_kind: 'vpc-endpoint', target_id: 'vpce-s3', state: 'active' },
      { destination: '0.0.0.0/0', target_kind: 'nat-gateway', target_id: natId, state: 'blackhole' },
    ]);
  });
});

describe('the topology of what AWS does not show', () => {
  it.each<[keyof NetworkReader, string, string]>([
    ['natGateways', 'ec2:DescribeNatGateways', 'nat_gateways'],
    ['internetGateways', 'ec2:DescribeInternetGateways', 'internet_gateways'],
    ['transitGatewayAttachments', 'ec2:DescribeTransitGatewayVpcAttachments', 'transit_gateways'],
    ['endpoints', 'ec2:DescribeVpcEndpoints', 'endpoints'],
    ['routeTables', 'ec2:DescribeRouteTables', 'route_tables'],
    ['subnetsOfVpc', 'ec2:DescribeSubnets', 'subnets'],
  ])('lacks no more than the part that %s is for', async (method, action, part) => {
    const network = fakeNetwork();
    network.fail(method, awsError(action, 'UnauthorizedOperation'));
    const topology = await described(network);
    expect(topology.not_determined).toEqual([{ part, message: expect.stringContaining(action) }]);
    expect(topology[part as 'endpoints']).toEqual([]);
    expect(topology.vpc.cidrs).toEqual(['10.0.0.0/16']);
  });

  it.each<keyof NetworkReader>(['routeTables', 'internetGateways'])(
    'has subnets of unknown kind without %s',
    async (method) => {
      const network = fakeNetwork();
      network.fail(method, awsError('ec2:Describe', 'UnauthorizedOperation'));
      const { subnets } = await described(network);
      expect(subnets.map(({ kind }) => kind)).toEqual(['unknown', 'unknown']);
    },
  );

  it('has subnets without their ACLs', async () => {
    const network = fakeNetwork();
    network.fail('networkAcls', awsError('ec2:DescribeNetworkAcls', 'UnauthorizedOperation'));
    const { subnets, not_determined } = await described(network);
    expect(ids(subnets)).toEqual([privateSubnetId, publicSubnetId]);
    expect(subnets.map(({ network_acl_id }) => network_acl_id)).toEqual([undefined, undefined]);
    expect(not_determined.map(({ part }) => part)).toEqual(['subnets.network_acl_id']);
  });

  it('is empty for a VPC that does not exist, and says so of every part', async () => {
    const topology = await topologyOf({ vpc: undefined, subnets: [], routeTables: [] });
    expect(topology).toMatchObject({ vpc: { id: vpcId, cidrs: [] }, subnets: [], nat_gateways: [] });
    expect(topology.not_determined.map(({ part }) => part)).toEqual([
      'endpoints',
      'internet_gateways',
      'nat_gateways',
      'route_tables',
      'subnets',
      'subnets.network_acl_id',
      'transit_gateways',
      'vpc',
    ]);
    for (const { message } of topology.not_determined) expect(message).toContain('does not exist');
  });

  it('does not wait for an answer beyond the time of the invocation', async () => {
    const network = fakeNetwork();
    Object.assign(network, { natGateways: () => new Promise(() => {}) });
    const topology = await described(network, undefined, 2_020);
    expect(topology.not_determined).toEqual([
      { part: 'nat_gateways', message: expect.stringContaining('the time of the invocation ran out') },
    ]);
    expect(ids(topology.subnets)).toEqual([privateSubnetId, publicSubnetId]);
  });
});
