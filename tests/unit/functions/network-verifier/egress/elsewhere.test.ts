import type { Route, TransitGatewayVpcAttachment } from '@aws-sdk/client-ec2';
import { describe, expect, it } from '@jest/globals';
import { deny, wayOut } from '../../../../support/fakes/egress.ts';
import {
  defaultRoute,
  igwId,
  type Network,
  natId,
  privateAcl,
  privateAclId,
  privateSubnet,
  privateSubnetId,
  privateTable,
  privateTableId,
  publicAcl,
  publicSubnet,
  publicTable,
  route,
  subnet,
  toIgw,
  toNat,
  vpc,
} from '../../../../support/fakes/network.ts';

const leadingTo = (...routes: Route[]): Partial<Network> => ({
  routeTables: [privateTable(...routes), publicTable(defaultRoute(toIgw))],
});

describe('a way that leaves what the account shows', () => {
  it.each<[string, Route, string]>([
    ['a virtual private gateway', { GatewayId: 'vgw-1' }, 'other-target vgw-1'],
    ['a Cloud WAN', { CoreNetworkArn: 'arn:core' }, 'other-target arn:core'],
    ['a NAT instance', { NetworkInterfaceId: 'eni-1' }, 'other-target eni-1'],
    ['a firewall', { GatewayId: 'vpce-1' }, 'vpc-endpoint vpce-1'],
    ['a local gateway', { LocalGatewayId: 'lgw-1' }, 'other-target lgw-1'],
    ['something new', { GatewayId: 'new-1' }, 'other-target new-1'],
  ])('is not judged beyond %s', async (_, target, hop) => {
    const way = await wayOut(leadingTo(defaultRoute(target)));
    expect(way).toMatchObject({
      status: 'warning',
      resourceId: hop.split(' ')[1],
      details: { verdict: 'unknown', reason_code: 'not_verifiable' },
      message: expect.stringContaining('beyond which nothing can be seen from here'),
    });
    expect(way.hops).toContain(`out ${hop}`);
  });

  it('is judged as far as the border of the nodes, both ways', async () => {
    const network = leadingTo(defaultRoute({ GatewayId: 'vgw-1' }));
    const [out, back] = await Promise.all(
      [deny.out(443), deny.in(1024, 65535)].map((rule) =>
        wayOut({ ...network, networkAcls: [privateAcl(rule)] }),
      ),
    );
    expect(out).toMatchObject({ status: 'failed', end: `out network-acl ${privateAclId}` });
    expect(back).toMatchObject({ status: 'failed', end: `back network-acl ${privateAclId}` });
  });
});

describe('a target that carries nothing to the internet', () => {
  it.each<[string, Route, string]>([
    ['a peering', { VpcPeeringConnectionId: 'pcx-1' }, 'other-target pcx-1'],
    ['an egress-only gateway', { EgressOnlyInternetGatewayId: 'eigw-1' }, 'other-target eigw-1'],
    ['a carrier gateway', { GatewayId: 'cagw-1' }, 'other-target cagw-1'],
    ['the VPC', { GatewayId: 'local' }, 'other-target local'],
    ['a detached internet gateway', { GatewayId: 'igw-2' }, 'internet-gateway igw-2'],
  ])('blocks: %s', async (_, target, hop) => {
    const way = await wayOut(leadingTo(defaultRoute(target)));
    expect(way).toMatchObject({ status: 'failed', end: `out ${hop}`, resourceId: hop.split(' ')[1] });
    expect(way.message).toContain(`replace-route --route-table-id ${privateTableId}`);
  });

  it('blocks where only a part of the internet goes there', async () => {
    const halves = [route('0.0.0.0/1', toNat), route('128.0.0.0/1', { VpcPeeringConnectionId: 'pcx-1' })];
    expect(await wayOut(leadingTo(...halves))).toMatchObject({ status: 'failed', resourceId: 'pcx-1' });
  });
});

describe('a transit gateway', () => {
  const attachment = (rest: TransitGatewayVpcAttachment = {}): TransitGatewayVpcAttachment => ({
    TransitGatewayAttachmentId: 'tgw-attach-1',
    TransitGatewayId: 'tgw-1',
    State: 'available',
    SubnetIds: [privateSubnetId],
    ...rest,
  });
  const attached = (...transitGatewayAttachments: TransitGatewayVpcAttachment[]): Partial<Network> => ({
    ...leadingTo(defaultRoute({ TransitGatewayId: 'tgw-1' })),
    transitGatewayAttachments,
  });

  it.each<[string, Partial<Network>]>([
    ['attached', attached(attachment())],
    ['attached again', attached(attachment({ State: 'deleted' }), attachment())],
  ])('%s leads on to where nothing can be seen', async (_, network) => {
    const way = await wayOut(network);
    expect(way).toMatchObject({ status: 'warning', resourceId: 'tgw-1' });
    expect(way.hops).toContain('out transit-gateway tgw-1');
    expect(way.details.reason_code).toBe('not_verifiable');
  });

  it.each<[string, Partial<Network>, string, RegExp]>([
    ['that is not attached', attached(), 'tgw-1', /create-transit-gateway-vpc-attachment/],
    [
      'attached to another one',
      attached(attachment({ TransitGatewayId: 'tgw-2' })),
      'tgw-1',
      /is not attached to/,
    ],
    [
      'whose attachment waits',
      attached(attachment({ State: 'pendingAcceptance' })),
      'tgw-attach-1',
      /is pendingAcceptance/,
    ],
    [
      'with no subnet in the zone',
      {
        ...attached(attachment({ SubnetIds: ['subnet-2'] })),
        otherSubnets: [subnet('subnet-2', { AvailabilityZone: 'us-east-1b' })],
      },
      'tgw-attach-1',
      /has no subnet in us-east-1a.*modify-transit-gateway-vpc-attachment/,
    ],
  ])('%s blocks', async (_, network, resourceId, message) => {
    const way = await wayOut(network);
    expect(way).toMatchObject({ status: 'failed', resourceId, end: `out transit-gateway ${resourceId}` });
    expect(way.message).toMatch(message);
  });

  it('of a shared VPC is shown to the owner alone', async () => {
    expect(await wayOut({ ...attached(), vpc: vpc({ OwnerId: '210987654321' }) })).toMatchObject({
      status: 'warning',
      resourceId: 'tgw-1',
      details: { reason_code: 'value_absent' },
    });
  });
});

describe('a cluster with a proxy', () => {
  const proxy = { proxy: true };

  it('has a way that cannot be seen when there is no route', async () => {
    const way = await wayOut(leadingTo(), proxy);
    expect(way).toMatchObject({
      status: 'warning',
      resourceId: privateTableId,
      details: { reason_code: 'not_verifiable' },
    });
    expect(way.message).toContain('proxy');
  });

  it('is judged by the routes there are', async () => {
    expect((await wayOut({}, proxy)).status).toBe('passed');
    expect((await wayOut(leadingTo(route('0.0.0.0/1', toNat)), proxy)).status).toBe('failed');
  });
});

describe('a route to a prefix list', () => {
  const listed = (GatewayId: string, ...ranges: string[]): Partial<Network> => ({
    ...leadingTo(defaultRoute(toNat), { DestinationPrefixListId: 'pl-1', GatewayId, State: 'active' }),
    prefixLists: { 'pl-1': ranges },
  });

  it('is taken by the internet traffic in its ranges', async () => {
    expect(await wayOut(listed('vgw-1', '0.0.0.0/2', '10.20.0.0/16'))).toMatchObject({
      status: 'warning',
      resourceId: 'vgw-1',
    });
    expect(await wayOut(listed('vgw-1', '10.20.0.0/16'))).toMatchObject({ status: 'passed' });
  });

  it('to an attached internet gateway is none for nodes', async () => {
    expect(await wayOut(listed(igwId, '0.0.0.0/2'))).toMatchObject({
      status: 'failed',
      resourceId: igwId,
      message: expect.stringContaining('no public address'),
    });
  });

  it('counts for the subnet of the NAT gateway as well', async () => {
    const network = listed('vgw-1', '0.0.0.0/2');
    const toList = { DestinationPrefixListId: 'pl-1', NatGatewayId: natId, State: 'active' as const };
    const routeTables = [privateTable(defaultRoute(toNat)), publicTable(defaultRoute(toIgw), toList)];
    expect(await wayOut({ ...network, routeTables })).toMatchObject({ status: 'failed' });
  });
});

describe('a subnet without an IPv4 range', () => {
  it.each([
    ['failed', { Ipv6Native: true }],
    ['warning', {}],
  ])('is %s with %j', async (status, rest) => {
    const way = await wayOut({
      subnets: [privateSubnet({ CidrBlock: undefined, ...rest }), publicSubnet()],
      networkAcls: [privateAcl(), publicAcl()],
    });
    expect(way).toMatchObject({ status, resourceId: privateSubnetId, end: `out subnet ${privateSubnetId}` });
  });
});
