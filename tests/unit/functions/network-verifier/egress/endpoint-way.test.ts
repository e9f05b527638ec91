import type { SecurityGroup, VpcEndpoint } from '@aws-sdk/client-ec2';
import { describe, expect, it } from '@jest/globals';
import { deny, wayTo } from '../../../../support/fakes/egress.ts';
import {
  acl,
  defaultRoute,
  endpoint,
  endpointGroupId,
  group,
  mainTable,
  mainTableId,
  type Network,
  natId,
  privateAcl,
  privateAclId,
  privateSubnetId,
  privateTable,
  privateTableId,
  publicAcl,
  publicTable,
  route,
  subnet,
  toIgw,
  toNat,
} from '../../../../support/fakes/network.ts';

const farId = 'subnet-0ccccccccccccccc0';
const far = subnet(farId, { CidrBlock: '10.0.2.0/24' });
const farAclId = 'acl-0ccccccccccccccc0';
const nodes = { CidrBlock: '10.0.0.0/24' };
const farRange = { CidrBlock: '10.0.2.0/24' };

/** A network with an endpoint for sts in a subnet of its own, unless told otherwise. */
const withSts = (rest: VpcEndpoint = {}, more: Partial<Network> = {}): Partial<Network> => ({
  otherSubnets: [far],
  routeTables: [mainTable(), privateTable(defaultRoute(toNat)), publicTable(defaultRoute(toIgw))],
  networkAcls: [privateAcl(), publicAcl(), acl(farAclId, farId)],
  endpoints: [endpoint('sts', { SubnetIds: [farId], ...rest })],
  ...more,
});
const ways = (network: Partial<Network>) => wayTo('aws-sts', network);
const acls = (atNodes: Parameters<typeof privateAcl>, atFar: Parameters<typeof privateAcl>) =>
  withSts({}, { networkAcls: [privateAcl(...atNodes), publicAcl(), acl(farAclId, farId, ...atFar)] });
const groups = (...securityGroups: SecurityGroup[]) => withSts({}, { securityGroups });

describe('the way through an interface endpoint', () => {
  it('is named hop by hop, out and back', async () => {
    const { status, hops } = await ways(withSts());
    expect(status).toBe('passed');
    expect(hops).toEqual([
      `out subnet ${privateSubnetId}`,
      'out security-group worker-security-group',
      `out network-acl ${privateAclId}`,
      `out route ${privateTableId}`,
      'out vpc-endpoint vpce-sts',
      `out network-acl ${farAclId}`,
      `out security-group ${endpointGroupId}`,
      `back network-acl ${farAclId}`,
      `back route ${mainTableId}`,
      `back network-acl ${privateAclId}`,
    ]);
  });

  it('passes no ACL within a subnet', async () => {
    const { status, hops } = await ways({
      ...withSts({ SubnetIds: [privateSubnetId] }),
      networkAcls: [privateAcl(deny.out(443), deny.in(443), deny.in(1024, 65535, { RuleNumber: 91 }))],
    });
    expect(status).toBe('passed');
    expect(hops.slice(2)).toEqual(['out vpc-endpoint vpce-sts', `out security-group ${endpointGroupId}`]);
  });

  it.each<[string, Partial<Network>, string]>([
    [
      "the nodes' ACL keeps requests in",
      acls([deny.out(443, 443, farRange)], []),
      `out network-acl ${privateAclId}`,
    ],
    [
      'a route loses them',
      withSts(
        {},
        {
          routeTables: [
            mainTable(),
            privateTable(route('10.0.2.0/24', { NetworkInterfaceId: 'eni-1', State: 'blackhole' })),
          ],
        },
      ),
      `out route ${privateTableId}`,
    ],
    ['it was rejected', withSts({ State: 'rejected' as VpcEndpoint['State'] }), 'out vpc-endpoint vpce-sts'],
    ['it is in no subnet', withSts({ SubnetIds: [] }), 'out vpc-endpoint vpce-sts'],
    ['its ACL keeps nodes out', acls([], [deny.in(443, 443, nodes)]), `out network-acl ${farAclId}`],
    [
      'its security group keeps nodes out',
      groups(group(endpointGroupId, { IpPermissions: [] })),
      `out security-group ${endpointGroupId}`,
    ],
    [
      'its security group lets half of them in',
      groups(
        group(endpointGroupId, {
          IpPermissions: [
            { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '10.0.0.0/25' }] },
          ],
        }),
      ),
      `out security-group ${endpointGroupId}`,
    ],
    ['its ACL keeps answers in', acls([], [deny.out(32768, 60999, nodes)]), `back network-acl ${farAclId}`],
    [
      'a route loses answers',
      withSts(
        {},
        {
          routeTables: [
            mainTable(route('10.0.0.0/24', { NetworkInterfaceId: 'eni-1', State: 'blackhole' })),
            privateTable(),
          ],
        },
      ),
      `back route ${mainTableId}`,
    ],
    [
      "the nodes' ACL keeps answers out",
      acls([deny.in(1024, 65535, farRange)], []),
      `back network-acl ${privateAclId}`,
    ],
  ])('is blocked when %s', async (_, network, end) => {
    expect(await ways(network)).toMatchObject({ status: 'failed', end, resourceId: end.split(' ')[2] });
  });

  it('says how to let nodes in', async () => {
    const { message } = await ways(groups(group(endpointGroupId, { IpPermissions: [] })));
    expect(message).toMatch(
      /Run: aws ec2 authorize-security-group-ingress --group-id sg-0aaaaaaaaaaaaaaaa --protocol tcp --port 443 --cidr 10\.0\.0\.0\/24$/,
    );
  });

  it.each<[string, Partial<Network>, string, string]>([
    ['it is pending', withSts({ State: 'pending' as VpcEndpoint['State'] }), 'vpce-sts', 'value_absent'],
    [
      'it is being deleted',
      withSts({ State: 'deleting' as VpcEndpoint['State'] }),
      'vpce-sts',
      'value_absent',
    ],
    ['its subnet is not shown', withSts({}, { otherSubnets: [] }), farId, 'value_absent'],
    ['its groups are not shown', groups(), endpointGroupId, 'value_absent'],
    [
      'its group lets in a group that may be of nodes',
      groups(
        group(endpointGroupId, {
          IpPermissions: [{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: 'sg-1' }] }],
        }),
      ),
      endpointGroupId,
      'not_verifiable',
    ],
    [
      'an ACL drops what goes to some addresses of its subnet',
      acls([deny.out(443, 443, { CidrBlock: '10.0.2.0/25' })], []),
      privateAclId,
      'not_verifiable',
    ],
    [
      'an ACL drops what comes from some addresses of its subnet',
      acls([deny.in(1024, 65535, { CidrBlock: '10.0.2.0/25' })], []),
      privateAclId,
      'not_verifiable',
    ],
    [
      'an ACL drops a node or so',
      acls([], [deny.in(443, 443, { CidrBlock: '10.0.0.7/32' })]),
      farAclId,
      'not_verifiable',
    ],
    [
      'traffic passes an appliance',
      withSts(
        {},
        { routeTables: [mainTable(), privateTable(route('10.0.2.0/24', { GatewayId: 'vpce-1' }))] },
      ),
      privateTableId,
      'not_verifiable',
    ],
    ['its table is not shown', withSts({}, { routeTables: [privateTable()] }), farId, 'value_absent'],
  ])('cannot be told when %s', async (_, network, resourceId, reason_code) => {
    expect(await ways(network)).toMatchObject({ status: 'warning', resourceId, details: { reason_code } });
  });

  it("is open to members of the nodes' additional groups", async () => {
    const network = groups(
      group(endpointGroupId, {
        IpPermissions: [{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: 'sg-0000000000000000f' }] }],
      }),
    );
    const requirements = { additional_security_group_ids: ['sg-0000000000000000f'] };
    expect((await wayTo('aws-sts', network, requirements)).status).toBe('passed');
  });

  it('is open to the ranges of a prefix list', async () => {
    const listed = group(endpointGroupId, {
      IpPermissions: [
        { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, PrefixListIds: [{ PrefixListId: 'pl-1' }] },
      ],
    });
    const verdict = async (range: string) =>
      (await ways({ ...groups(listed), prefixLists: { 'pl-1': [range] } })).status;
    expect(await verdict('10.0.0.0/16')).toBe('passed');
    expect(await verdict('10.1.0.0/16')).toBe('failed');
  });

  it('is blocked when one of two endpoints that take the name is', async () => {
    const rejected = endpoint('sts', { VpcEndpointId: 'vpce-2', State: 'rejected' as VpcEndpoint['State'] });
    const network = withSts({}, { endpoints: [endpoint('sts'), rejected] });
    expect(await ways(network)).toMatchObject({ status: 'failed', resourceId: 'vpce-2' });
  });

  it('is blocked when one of its subnets is', async () => {
    const network = acls([], [deny.in(443)]);
    const endpoints = [endpoint('sts', { SubnetIds: [privateSubnetId, farId] })];
    expect(await ways({ ...network, endpoints })).toMatchObject({ status: 'failed', resourceId: farAclId });
  });
});

describe('a service without an endpoint that takes its name', () => {
  const endpoints = (rest: VpcEndpoint): Partial<Network> => withSts({ Groups: [], ...rest });

  it.each<[string, Partial<Network>]>([
    ['private DNS is off', endpoints({ PrivateDnsEnabled: false })],
    [
      'the VPC resolves no names',
      { ...endpoints({}), dns: { enableDnsSupport: false, enableDnsHostnames: true } },
    ],
    [
      'the VPC has no host names',
      { ...endpoints({}), dns: { enableDnsSupport: true, enableDnsHostnames: false } },
    ],
    ['it is deleted', endpoints({ State: 'deleted' as VpcEndpoint['State'] })],
    ['it is for another service', endpoints({ ServiceName: 'com.amazonaws.us-east-1.ec2' })],
    ['it is for another region', endpoints({ ServiceName: 'com.amazonaws.us-west-2.sts' })],
    ['it is of another type', endpoints({ VpcEndpointType: 'Gateway' })],
  ])('is reached by the internet: %s', async (_, network) => {
    const { status, hops } = await ways(network);
    expect(status).toBe('passed');
    expect(hops).toContain(`out nat-gateway ${natId}`);
  });
});

describe('the way through the gateway endpoint for S3', () => {
  const viaList = { DestinationPrefixListId: 'pl-s3', GatewayId: 'vpce-s3' };
  const withS3 = (more: Partial<Network> = {}): Partial<Network> => ({
    endpoints: [endpoint('s3')],
    routeTables: [privateTable(defaultRoute(toNat), viaList), publicTable(defaultRoute(toIgw))],
    prefixLists: { 'pl-s3': ['52.216.0.0/15', '3.5.0.0/19'] },
    ...more,
  });
  const s3 = (more: Partial<Network> = {}) => wayTo('aws-s3', withS3(more));
  const atNodes = (...rules: Parameters<typeof privateAcl>) => ({ networkAcls: [privateAcl(...rules)] });

  it('is named hop by hop, out and back', async () => {
    const { status, hops } = await s3();
    expect(status).toBe('passed');
    expect(hops).toEqual([
      `out subnet ${privateSubnetId}`,
      'out security-group worker-security-group',
      `out network-acl ${privateAclId}`,
      `out route ${privateTableId}`,
      'out vpc-endpoint vpce-s3',
      `back network-acl ${privateAclId}`,
    ]);
  });

  it.each<[string, Partial<Network>, string]>([
    [
      'the ACL keeps requests in',
      atNodes(deny.out(443, 443, { CidrBlock: '52.216.0.0/14' })),
      `out network-acl ${privateAclId}`,
    ],
    [
      'its route is dead',
      { routeTables: [privateTable(defaultRoute(toNat), { ...viaList, State: 'blackhole' })] },
      `out route ${privateTableId}`,
    ],
    [
      'it has failed',
      { endpoints: [endpoint('s3', { State: 'failed' as VpcEndpoint['State'] })] },
      'out vpc-endpoint vpce-s3',
    ],
    [
      'the ACL keeps answers out',
      atNodes(deny.in(1024, 65535, { CidrBlock: '52.0.0.0/8' })),
      `back network-acl ${privateAclId}`,
    ],
  ])('is blocked when %s', async (_, more, end) => {
    expect(await s3(more)).toMatchObject({ status: 'failed', end });
  });

  it('has nothing to do with the rest of the internet', async () => {
    expect((await s3(atNodes(deny.out(443, 443, { CidrBlock: '128.0.0.0/1' })))).status).toBe('passed');
  });

  describe("when AWS does not tell S3's ranges", () => {
    const unknown = { prefixLists: {} };

    it.each<[string, Partial<Network>]>([
      ['passed', atNodes()],
      ['warning', atNodes(deny.out(443, 443, { CidrBlock: '128.0.0.0/1' }))],
      ['failed', atNodes(deny.out(443))],
      ['warning', atNodes(deny.in(1024, 65535, { CidrBlock: '52.0.0.0/8' }))],
    ])('is %s, by what an ACL drops of the internet', async (status, more) => {
      expect((await s3({ ...unknown, ...more })).status).toBe(status);
      const routeTables = [privateTable(defaultRoute(toNat))];
      expect((await s3({ ...more, routeTables })).status).toBe(status);
    });
  });

  it.each<[string, Partial<Network>]>([
    ['it has no route in the table', { endpoints: [endpoint('s3', { RouteTableIds: ['rtb-2'] })] }],
    ['it is deleted', { endpoints: [endpoint('s3', { State: 'deleted' as VpcEndpoint['State'] })] }],
  ])('is not taken when %s', async (_, more) => {
    expect((await s3(more)).hops).toContain(`out nat-gateway ${natId}`);
  });

  describe('beside an interface endpoint', () => {
    const both = (rest: VpcEndpoint = {}) => ({
      endpoints: [
        endpoint('s3'),
        endpoint('s3', {
          VpcEndpointId: 'vpce-s3-interface',
          VpcEndpointType: 'Interface',
          PrivateDnsEnabled: true,
          SubnetIds: [privateSubnetId],
          Groups: [{ GroupId: endpointGroupId }],
          RouteTableIds: [],
          ...rest,
        }),
      ],
    });

    it('is not taken for the names of the region', async () => {
      expect((await s3(both())).hops).toContain('out vpc-endpoint vpce-s3-interface');
    });

    it('is taken when the interface endpoint answers callers outside of the VPC alone', async () => {
      const inbound = both({ DnsOptions: { PrivateDnsOnlyForInboundResolverEndpoint: true } });
      expect((await s3(inbound)).hops).toContain('out vpc-endpoint vpce-s3');
    });

    it('is taken for the global names of S3', async () => {
      const rejected = withS3(both({ State: 'rejected' as VpcEndpoint['State'] }));
      expect((await wayTo('images', rejected)).status).toBe('passed');
      expect((await wayTo('aws-s3', rejected)).status).toBe('failed');
    });
  });

  it('has to do with buckets of its own region alone', async () => {
    const failed = withS3({
      endpoints: [
        endpoint('s3', { State: 'failed' as VpcEndpoint['State'] }),
        endpoint('s3', {
          VpcEndpointId: 'vpce-ireland',
          ServiceName: 'com.amazonaws.eu-west-1.s3',
          State: 'failed' as VpcEndpoint['State'],
        }),
      ],
    });
    expect(await wayTo('images', failed)).toMatchObject({
      status: 'failed',
      resourceId: 'vpce-s3',
      details: { hosts: ['quayio-production-s3.s3.amazonaws.com'] },
    });
    expect((await wayTo('images', failed, {}, 'eu-west-1')).status).toBe('passed');
    expect(await wayTo('aws-s3', failed, {}, 'eu-west-1')).toMatchObject({ resourceId: 'vpce-ireland' });
  });
});
