import type { NatGateway } from '@aws-sdk/client-ec2';
import { describe, expect, it } from '@jest/globals';
import { deny, wayOut } from '../../../../support/fakes/egress.ts';
import {
  defaultRoute,
  igwId,
  mainTable,
  type Network,
  nat,
  natId,
  privateAcl,
  privateAclId,
  privateSubnet,
  privateSubnetId,
  privateTable,
  privateTableId,
  publicAcl,
  publicAclId,
  publicSubnet,
  publicSubnetId,
  publicTable,
  publicTableId,
  route,
  toIgw,
  toNat,
  vpc,
  vpcId,
} from '../../../../support/fakes/network.ts';

const privateRange = { CidrBlock: '10.0.0.0/24' };
const behind = (...routes: Parameters<typeof publicTable>): Partial<Network> => ({
  routeTables: [privateTable(defaultRoute(toNat)), publicTable(...routes)],
});
const at = (...rules: Parameters<typeof publicAcl>): Partial<Network> => ({
  networkAcls: [privateAcl(), publicAcl(...rules)],
});
const atNodes = (...rules: Parameters<typeof privateAcl>): Partial<Network> => ({
  networkAcls: [privateAcl(...rules), publicAcl()],
});
const through = (rest: NatGateway): Partial<Network> => ({ natGateways: [nat(rest)] });
const mode = (InternetGatewayBlockMode: 'off' | 'block-bidirectional' | 'block-ingress') => ({
  BlockPublicAccessStates: { InternetGatewayBlockMode },
});
const natSubnet = (rest: object): Partial<Network> => ({ subnets: [privateSubnet(), publicSubnet(rest)] });

describe('the way through a NAT gateway', () => {
  it('is named hop by hop, out and back', async () => {
    const { status, details, hops } = await wayOut({});
    expect(status).toBe('passed');
    expect(details.verdict).toBe('open');
    expect(details.reason_code).toBeUndefined();
    expect(hops).toEqual([
      `out subnet ${privateSubnetId}`,
      'out security-group worker-security-group',
      `out network-acl ${privateAclId}`,
      `out route ${privateTableId}`,
      `out nat-gateway ${natId}`,
      `out network-acl ${publicAclId}`,
      `out network-acl ${publicAclId}`,
      `out route ${publicTableId}`,
      `out internet-gateway ${igwId}`,
      `back network-acl ${publicAclId}`,
      `back route ${publicTableId}`,
      `back network-acl ${publicAclId}`,
      `back network-acl ${privateAclId}`,
    ]);
    expect(details.hops.filter(({ verdict }) => verdict !== 'open')).toEqual([]);
  });

  it.each<[string, Partial<Network>, string, RegExp]>([
    [
      "the nodes' ACL keeps requests in",
      atNodes(deny.out(443)),
      `out network-acl ${privateAclId}`,
      /drops HTTPS to the internet by rule 90.* --network-acl-id acl-0aaaaaaaaaaaaaaaa --egress --rule-number <below 90> --protocol tcp --port-range From=443,To=443 --cidr-block 0\.0\.0\.0\/0 --rule-action allow$/,
    ],
    [
      'there is no route',
      { routeTables: [privateTable(), publicTable(defaultRoute(toIgw))] },
      `out route ${privateTableId}`,
      /has no route to all of the internet.*create-route --route-table-id rtb-0aaaaaaaaaaaaaaaa --destination-cidr-block 0\.0\.0\.0\/0 --nat-gateway-id/,
    ],
    [
      'there is a route to half of the internet',
      { routeTables: [privateTable(route('0.0.0.0/1', toNat)), publicTable(defaultRoute(toIgw))] },
      `out route ${privateTableId}`,
      /has no route to all of the internet/,
    ],
    [
      'the route has lost its NAT gateway',
      {
        routeTables: [
          privateTable(defaultRoute({ ...toNat, State: 'blackhole' })),
          publicTable(defaultRoute(toIgw)),
        ],
      },
      `out route ${privateTableId}`,
      new RegExp(
        `to ${natId}, which is gone \\(blackhole\\).*replace-route --route-table-id ${privateTableId}`,
      ),
    ],
    [
      'the NAT gateway has failed',
      through({ State: 'failed' }),
      `out nat-gateway ${natId}`,
      /is failed.*Make a NAT gateway/,
    ],
    ['it is being deleted', through({ State: 'deleting' }), `out nat-gateway ${natId}`, /is deleting/],
    ['it is not in the VPC', { natGateways: [] }, `out nat-gateway ${natId}`, /is not in this VPC/],
    [
      'the ACL of its subnet keeps nodes out',
      at(deny.in(443, 443, privateRange)),
      `out network-acl ${publicAclId}`,
      /HTTPS from 10\.0\.0\.0\/24 by rule 90.*--ingress .*--cidr-block 10\.0\.0\.0\/24/,
    ],
    [
      'the ACL of its subnet keeps requests in',
      at(deny.out(443)),
      `out network-acl ${publicAclId}`,
      /HTTPS to the internet by rule 90.*--egress/,
    ],
    [
      'its subnet has no route',
      behind(),
      `out route ${publicTableId}`,
      /no route to all of the internet.*<igw>/,
    ],
    [
      'its subnet has a route to half of the internet',
      behind(route('128.0.0.0/1', toIgw)),
      `out route ${publicTableId}`,
      /no route to all of the internet/,
    ],
    [
      "its subnet's route is dead",
      behind(defaultRoute({ ...toIgw, State: 'blackhole' })),
      `out route ${publicTableId}`,
      new RegExp(`to ${igwId}, which is gone`),
    ],
    [
      "its subnet's route leads to itself",
      behind(defaultRoute(toNat)),
      `out route ${publicTableId}`,
      new RegExp(`to a NAT gateway again \\(${natId}\\)`),
    ],
    [
      "its subnet's route leads to another one",
      behind(defaultRoute({ NatGatewayId: 'nat-2' })),
      `out route ${publicTableId}`,
      /to a NAT gateway again \(nat-2\)/,
    ],
    [
      "its subnet's route leads to a peering",
      behind(defaultRoute({ VpcPeeringConnectionId: 'pcx-1' })),
      'out other-target pcx-1',
      /carries nothing to the internet/,
    ],
    [
      'the internet gateway is not attached',
      { internetGateways: [] },
      `out internet-gateway ${igwId}`,
      new RegExp(`attach-internet-gateway --internet-gateway-id ${igwId} --vpc-id ${vpcId}`),
    ],
    [
      'public access is blocked for its subnet',
      natSubnet(mode('block-bidirectional')),
      `out internet-gateway ${igwId}`,
      new RegExp(`--subnet-id ${publicSubnetId} --internet-gateway-exclusion-mode allow-egress`),
    ],
    [
      'public access is blocked for the VPC, and AWS tells nothing of its subnet',
      { ...natSubnet({ BlockPublicAccessStates: undefined }), vpc: vpc(mode('block-bidirectional')) },
      `out internet-gateway ${igwId}`,
      new RegExp(`is closed to ${publicSubnetId} by the account's Block Public Access`),
    ],
    [
      'the ACL of its subnet keeps answers out',
      at(deny.in(1024, 65535)),
      `back network-acl ${publicAclId}`,
      /on the way back, .*answers from the internet \(TCP ports 1024-65535\).*--ingress .*From=1024,To=65535/,
    ],
    [
      'the ACL of its subnet closes some of the ports it uses and nodes do not',
      at(deny.in(1024, 5000)),
      `back network-acl ${publicAclId}`,
      /on the way back/,
    ],
    [
      'a route of its subnet loses what goes to the nodes',
      behind(defaultRoute(toIgw), route('10.0.0.0/24', { NetworkInterfaceId: 'eni-1', State: 'blackhole' })),
      `back route ${publicTableId}`,
      /sends traffic for subnet-0aaaaaaaaaaaaaaaa to eni-1, where it is lost.*delete-route .*10\.0\.0\.0\/24/,
    ],
    [
      'the ACL of its subnet keeps answers in',
      at(deny.out(32768, 60999, privateRange)),
      `back network-acl ${publicAclId}`,
      /answers to 10\.0\.0\.0\/24 .*--egress .*--cidr-block 10\.0\.0\.0\/24/,
    ],
    [
      "the nodes' ACL keeps answers out",
      atNodes(deny.in(32768, 60999)),
      `back network-acl ${privateAclId}`,
      /on the way back, acl-0aaaaaaaaaaaaaaaa drops answers from the internet/,
    ],
  ])('is blocked when %s, and nothing follows', async (_, network, end, message) => {
    const way = await wayOut(network);
    expect(way).toMatchObject({ status: 'failed', end, resourceId: end.split(' ')[2] });
    expect(way.details.verdict).toBe('blocked');
    expect(way.details.hops.filter(({ verdict }) => verdict === 'blocked')).toHaveLength(1);
    expect(way.message).toMatch(message);
  });

  it('tells requests in from requests out of the subnet of the NAT gateway', async () => {
    const [inbound, outbound] = await Promise.all([wayOut(at(deny.in(443))), wayOut(at(deny.out(443)))]);
    expect(outbound.hops.length).toBe(inbound.hops.length + 1);
  });

  it.each<[string, Partial<Network>]>([
    ['its subnet is exempt from what is blocked for the VPC', { vpc: vpc(mode('block-bidirectional')) }],
    ['the account blocks what comes in', natSubnet(mode('block-ingress'))],
    [
      'the default route is split into halves',
      {
        routeTables: [
          privateTable(route('0.0.0.0/1', toNat), route('128.0.0.0/1', toNat)),
          publicTable(route('0.0.0.0/1', toIgw), route('128.0.0.0/1', toIgw)),
        ],
      },
    ],
    ['an ACL drops other ports', at(deny.in(22), deny.out(80), deny.out(25, 25, { RuleNumber: 91 }))],
    [
      'an ACL drops what comes to port 443 from elsewhere',
      at(deny.in(443, 443, { CidrBlock: '10.9.0.0/16' })),
    ],
    ['an ACL drops what goes to other subnets', at(deny.out(1024, 65535, { CidrBlock: '10.0.7.0/24' }))],
  ])('is open when %s', async (_, network) => {
    expect(await wayOut(network)).toMatchObject({ status: 'passed', resourceId: privateSubnetId });
  });
});

describe('a NAT gateway in the subnet of the nodes', () => {
  const network = (networkAcls: Network['networkAcls']) =>
    wayOut({
      natGateways: [nat({ SubnetId: privateSubnetId })],
      routeTables: [privateTable(defaultRoute(toNat))],
      networkAcls,
    });

  it('sends everything back to itself', async () => {
    const { end, message } = await network([privateAcl()]);
    expect(end).toBe(`out route ${privateTableId}`);
    expect(message).toContain(`to a NAT gateway again (${natId})`);
  });

  it('is reached without passing an ACL, which the traffic meets where it leaves', async () => {
    const { hops } = await network([privateAcl(deny.out(443))]);
    expect(hops.slice(2)).toEqual([
      `out route ${privateTableId}`,
      `out nat-gateway ${natId}`,
      `out network-acl ${privateAclId}`,
    ]);
    expect((await network([privateAcl(deny.in(443))])).end).toBe(`out route ${privateTableId}`);
  });
});

describe('a regional NAT gateway', () => {
  const regional = { AvailabilityMode: 'regional' as const, SubnetId: undefined };

  it('is behind the ACL of the nodes alone', async () => {
    const network = { ...through(regional), ...at(deny.in(443), deny.out(443)) };
    expect((await wayOut(network)).hops.slice(2)).toEqual([
      `out network-acl ${privateAclId}`,
      `out route ${privateTableId}`,
      `out nat-gateway ${natId}`,
      `out internet-gateway ${igwId}`,
      `back network-acl ${privateAclId}`,
    ]);
    expect(await wayOut({ ...through(regional), ...atNodes(deny.in(1024, 65535)) })).toMatchObject({
      status: 'failed',
      end: `back network-acl ${privateAclId}`,
    });
  });

  it('needs an internet gateway', async () => {
    expect(await wayOut({ ...through(regional), internetGateways: [] })).toMatchObject({
      status: 'failed',
      end: `out internet-gateway ${vpcId}`,
    });
  });

  it('is closed by what the account blocks for the VPC', async () => {
    const network = { ...through(regional), vpc: vpc(mode('block-bidirectional')) };
    expect(await wayOut(network)).toMatchObject({ status: 'failed', end: `out internet-gateway ${igwId}` });
  });

  it('leads where its own table does, when AWS shows it', async () => {
    const own = { ...mainTable(), RouteTableId: 'rtb-nat', Associations: [] };
    const network = {
      ...through({ ...regional, RouteTableId: 'rtb-nat' }),
      routeTables: [privateTable(defaultRoute(toNat)), own],
    };
    expect(await wayOut(network)).toMatchObject({ status: 'failed', end: 'out route rtb-nat' });
    own.Routes?.push(defaultRoute(toIgw));
    expect((await wayOut(network)).hops).toContain('out route rtb-nat');
    expect((await wayOut(network)).status).toBe('passed');
  });
});

describe('a private NAT gateway', () => {
  const isPrivate = through({ ConnectivityType: 'private' });

  it('is of no use before an internet gateway', async () => {
    expect(await wayOut(isPrivate)).toMatchObject({
      status: 'failed',
      end: `out nat-gateway ${natId}`,
      message: expect.stringContaining('has no address on the internet'),
    });
  });

  it('may lead to the internet by a virtual private gateway', async () => {
    const way = await wayOut({ ...isPrivate, ...behind(defaultRoute({ GatewayId: 'vgw-1' })) });
    expect(way).toMatchObject({ status: 'warning', resourceId: 'vgw-1' });
  });
});

describe('what cannot be told of the way through a NAT gateway', () => {
  it.each<[string, Partial<Network>, string, string]>([
    ['it is pending', through({ State: 'pending' }), natId, 'value_absent'],
    ['AWS tells no connectivity type', through({ ConnectivityType: undefined }), natId, 'value_absent'],
    [
      'a shared VPC does not show it',
      { vpc: vpc({ OwnerId: '210987654321' }), natGateways: [] },
      natId,
      'value_absent',
    ],
    ['its subnet is not shown', { subnets: [privateSubnet()] }, publicSubnetId, 'value_absent'],
    [
      'its subnet has no table that is shown',
      { routeTables: [privateTable(defaultRoute(toNat))] },
      publicSubnetId,
      'value_absent',
    ],
    ['its subnet has no ACL that is shown', { networkAcls: [privateAcl()] }, publicSubnetId, 'value_absent'],
    ["the nodes' subnet has none", { networkAcls: [publicAcl()] }, privateSubnetId, 'value_absent'],
    [
      'AWS tells no rules of an ACL',
      { networkAcls: [privateAcl(), { ...publicAcl(), Entries: undefined }] },
      publicSubnetId,
      'value_absent',
    ],
    [
      'AWS tells no Block Public Access',
      {
        ...natSubnet({ BlockPublicAccessStates: undefined }),
        vpc: vpc({ BlockPublicAccessStates: undefined }),
      },
      igwId,
      'value_absent',
    ],
    [
      'its subnet routes on to a firewall',
      behind(defaultRoute({ GatewayId: 'vpce-1' })),
      'vpce-1',
      'not_verifiable',
    ],
    [
      "a route to the nodes' subnet leads through an appliance",
      behind(defaultRoute(toIgw), route('10.0.0.0/24', { GatewayId: 'vpce-1' })),
      publicTableId,
      'not_verifiable',
    ],
    [
      'an ACL drops a network of the internet',
      atNodes(deny.out(443, 443, { CidrBlock: '198.51.100.0/24' })),
      privateAclId,
      'not_verifiable',
    ],
    ['an ACL drops a port of answers', at(deny.in(3389)), publicAclId, 'not_verifiable'],
    [
      'an ACL drops answers to ports that nodes do not use by themselves',
      at(deny.out(1024, 5000, privateRange)),
      publicAclId,
      'not_verifiable',
    ],
    ["the nodes' ACL drops a port of answers", atNodes(deny.in(33060)), privateAclId, 'not_verifiable'],
  ])('is a warning: %s', async (_, network, resourceId, reason_code) => {
    const way = await wayOut(network);
    expect(way).toMatchObject({
      status: 'warning',
      resourceId,
      details: { verdict: 'unknown', reason_code },
    });
    expect(way.message).toMatch(/^Whether nodes in subnet-0aaaaaaaaaaaaaaaa reach .* cannot be told: /);
  });

  it('names the rule that drops a part', async () => {
    const { message } = await wayOut(at(deny.in(3389)));
    expect(message).toContain('drops a part of answers from the internet (TCP ports 1024-65535) by rule 90');
  });

  it('is not said of a way that is blocked further on', async () => {
    const way = await wayOut({
      ...at(deny.in(3389)),
      ...atNodes(deny.out(443, 443, { CidrBlock: '198.51.100.0/24' })),
      internetGateways: [],
    });
    expect(way).toMatchObject({ status: 'failed', resourceId: igwId });
  });
});
