import { describe, expect, it } from '@jest/globals';
import { egressPath } from '../../../../../functions/network-verifier/checks/egress-path.ts';
import { awsError } from '../../../../support/fakes/aws-errors.ts';
import { deny, wayOut, waysIn, wayTo } from '../../../../support/fakes/egress.ts';
import {
  acl,
  defaultRoute,
  endpoint,
  endpointGroupId,
  fakeNetwork,
  group,
  mainTable,
  type Network,
  natId,
  neededEndpoints,
  privateAcl,
  privateAclId,
  privateSubnet,
  privateSubnetId,
  privateTable,
  privateTableId,
  publicAcl,
  publicSubnet,
  publicSubnetId,
  publicTable,
  subnet,
  toIgw,
  toNat,
  verify,
  vpcId,
} from '../../../../support/fakes/network.ts';

const groups = ['images', 'updates', 'telemetry', 'aws-sts', 'aws-s3'];
const noRoute: Partial<Network> = { routeTables: [privateTable(), publicTable(defaultRoute(toIgw))] };
const zero = { zero_egress: true };

/** Private subnets in three zones behind the one NAT gateway of the quick start. */
function quickStart() {
  const zones = ['a', 'b', 'c'];
  const privates = zones.map((zone, index) =>
    subnet(`subnet-${zone}`, { CidrBlock: `10.0.10${index}.0/24`, AvailabilityZone: `us-east-1${zone}` }),
  );
  const ids = privates.map(({ SubnetId = '' }) => SubnetId);
  const network: Partial<Network> = {
    subnets: [...privates, publicSubnet()],
    routeTables: [mainTable(defaultRoute(toNat)), publicTable(defaultRoute(toIgw))],
    networkAcls: [...ids.map((id) => acl(`acl-${id}`, id)), publicAcl()],
    endpoints: [endpoint('s3', { RouteTableIds: [mainTable().RouteTableId ?? ''] })],
  };
  return { ids, network };
}

describe('egress_path', () => {
  it('has a finding for each private subnet and group of endpoints', async () => {
    const { ids, network } = quickStart();
    const ways = await waysIn(network, {}, [...ids, publicSubnetId]);
    expect(ways.map(({ details }) => [details.subnet_id, details.endpoint_group])).toEqual(
      ids.flatMap((id) => groups.map((name) => [id, name])),
    );
    expect(ways.filter(({ status }) => status !== 'passed')).toEqual([]);
  });

  it('blames the border of one subnet for that one alone', async () => {
    const { ids, network } = quickStart();
    const keepsOut = deny.in(443, 443, { CidrBlock: '10.0.101.0/24' });
    const networkAcls = [...ids.map((id) => acl(`acl-${id}`, id)), publicAcl(keepsOut)];
    const ways = await waysIn({ ...network, networkAcls }, {}, ids);
    const failed = ways.filter(({ status }) => status === 'failed');
    expect(new Set(failed.map(({ details }) => details.subnet_id))).toEqual(new Set(['subnet-b']));
    expect(failed.map(({ details }) => details.endpoint_group)).toEqual(groups.slice(0, 4));
  });

  it('never claims that an endpoint is reached', async () => {
    const ways = await waysIn({});
    expect(ways.length).toBe(groups.length);
    for (const { message } of ways)
      expect(message).toMatch(/^Nothing that is visible here is in the way from /);
  });

  it('tells the list that it used, and the hosts', async () => {
    expect((await wayOut({})).details).toMatchObject({
      platform: 'aws-hcp',
      endpoints_version: '2026-11-22',
      hosts: ['api.openshift.com', 'mirror.openshift.com'],
    });
  });

  it('tells the worst of the ways that the hosts of a group take, and which take it', async () => {
    const { status, details } = await wayTo('images', { natGateways: [] });
    expect(status).toBe('failed');
    expect(details.hosts.length).toBe(10);
    expect(details.hosts).not.toContain('quayio-production-s3.s3.amazonaws.com');
  });

  it('counts them in its message', async () => {
    const { message } = await wayTo('images', { natGateways: [] });
    expect(message).toMatch(
      new RegExp(
        `^Nodes in ${privateSubnetId} cannot reach registry.redhat.io and 9 more \\(container images .*\\): ${natId} is not in this VPC`,
      ),
    );
    expect((await wayTo('images', {})).message).toContain('registry.redhat.io and 10 more');
    expect((await wayTo('aws-sts', {})).message).toContain('sts.us-east-1.amazonaws.com (');
  });

  it('looks at private subnets only', async () => {
    const results = await verify(egressPath, fakeNetwork(), {}, [publicSubnetId]);
    expect(results).toEqual([
      {
        check: 'egress_path',
        status: 'passed',
        message: expect.stringContaining('None of the subnets is private'),
      },
    ]);
  });

  it('does not pass over a subnet whose routes are hidden', async () => {
    const results = await verify(
      egressPath,
      fakeNetwork({ routeTables: [publicTable(defaultRoute(toIgw))] }),
      {},
      [privateSubnetId],
    );
    expect(results).toMatchObject([
      { status: 'warning', resourceId: privateSubnetId, details: { reason_code: 'value_absent' } },
    ]);
  });
});

describe('egress_path of a cluster without egress', () => {
  const closed: Partial<Network> = {
    ...noRoute,
    subnets: [privateSubnet()],
    networkAcls: [privateAcl()],
    endpoints: neededEndpoints(),
  };

  it('leads through endpoints', async () => {
    const ways = await waysIn(closed, zero);
    expect(ways.map(({ details }) => [details.endpoint_group, details.platform, details.verdict])).toEqual(
      ['aws-sts', 'aws-ecr', 'aws-s3'].map((name) => [name, 'aws-hcp-zero-egress', 'open']),
    );
  });

  it.each([
    ['aws-sts', ['sts'], ['--vpc-endpoint-type Interface --service-name com.amazonaws.us-east-1.sts']],
    ['aws-ecr', ['ecr.dkr'], ['--service-name com.amazonaws.us-east-1.ecr.dkr']],
    [
      'aws-ecr',
      ['ecr.api', 'ecr.dkr'],
      ['--service-name com.amazonaws.us-east-1.ecr.api', '--service-name com.amazonaws.us-east-1.ecr.dkr'],
    ],
    ['aws-s3', ['s3'], ['--vpc-endpoint-type Gateway --service-name com.amazonaws.us-east-1.s3']],
  ])('%s is blocked without %j, and says how to make it', async (name, missing, commands) => {
    const endpoints = neededEndpoints().filter(
      ({ ServiceName = '' }) => !missing.some((service) => ServiceName.endsWith(`.${service}`)),
    );
    const { status, resourceId, message, details } = await wayTo(name, { ...closed, endpoints }, zero);
    expect({ status, resourceId }).toEqual({ status: 'failed', resourceId: privateTableId });
    expect(details.hosts.length).toBe(missing.length);
    expect(message).toContain('no endpoint of the VPC stands in');
    expect(message).toContain(`--vpc-id ${vpcId} `);
    for (const command of commands) expect(message).toContain(command);
    expect(message).not.toContain('--nat-gateway-id');
  });

  it.each<[string, string, Partial<Network>, string]>([
    [
      'does not take its name',
      'aws-sts',
      { endpoints: [endpoint('sts', { PrivateDnsEnabled: false })] },
      'Run: aws ec2 modify-vpc-endpoint --vpc-endpoint-id vpce-sts --private-dns-enabled',
    ],
    [
      'has no route in the table',
      'aws-s3',
      { endpoints: [endpoint('s3', { RouteTableIds: [] })] },
      `Run: aws ec2 modify-vpc-endpoint --vpc-endpoint-id vpce-s3 --add-route-table-ids ${privateTableId}`,
    ],
    [
      'is in a VPC that resolves no private names',
      'aws-ecr',
      { dns: { enableDnsSupport: true, enableDnsHostnames: false } },
      'Turn on both DNS attributes of the VPC, without which no endpoint takes a name',
    ],
  ])('says what is lacking when the endpoint %s', async (_, name, more, remedy) => {
    const { status, message } = await wayTo(name, { ...closed, ...more }, zero);
    expect(status).toBe('failed');
    expect(message.split('stands in. ')[1]).toBe(remedy);
  });

  it('keeps the remedy of an endpoint that is there', async () => {
    const securityGroups = [group(endpointGroupId, { IpPermissions: [] })];
    const { message } = await wayTo('aws-sts', { ...closed, securityGroups }, zero);
    expect(message).toContain('authorize-security-group-ingress');
    expect(message).not.toContain('create-vpc-endpoint');
  });

  it('is open by the internet where that is there, and says that it is not meant to be', async () => {
    const { status, details } = await wayTo('aws-sts', { endpoints: [] }, zero);
    expect(status).toBe('passed');
    const notes = details.hops.map(({ note }) => note);
    expect(notes).toContain(`sends internet traffic to ${natId}, which zero egress is meant to rule out`);
    expect((await wayOut({})).details.hops.map(({ note }) => note)).toContain(
      `sends internet traffic to ${natId}`,
    );
  });
});

describe('egress_path in other partitions', () => {
  it.each([
    ['cn-north-1', 'cn.com.amazonaws.cn-north-1', 'sts.cn-north-1.amazonaws.com.cn'],
    ['us-gov-west-1', 'com.amazonaws.us-gov-west-1', 'sts.us-gov-west-1.amazonaws.com'],
  ])('knows the endpoints of %s', async (region, prefix, host) => {
    const endpoints = [endpoint('sts', { ServiceName: `${prefix}.sts` })];
    const way = await wayTo('aws-sts', { endpoints }, {}, region);
    expect(way.details.hosts).toEqual([host]);
    expect(way.hops).toContain('out vpc-endpoint vpce-sts');
  });
});

describe('egress_path when AWS does not answer', () => {
  const toS3: Partial<Network> = {
    routeTables: [
      privateTable(defaultRoute(toNat), { DestinationPrefixListId: 'pl-s3', GatewayId: 'vpce-s3' }),
      publicTable(defaultRoute(toIgw)),
    ],
    networkAcls: [privateAcl(deny.out(443, 443, { CidrBlock: '52.216.0.0/16' })), publicAcl()],
  };
  const denied = awsError('ec2:GetManagedPrefixListEntries', 'UnauthorizedOperation');

  it("does without S3's ranges, of which it then makes no more than a warning", async () => {
    const network = fakeNetwork(toS3);
    network.fail('prefixListRanges', denied);
    const results = await verify(egressPath, network, {}, [privateSubnetId]);
    expect(results.map(({ details }) => details?.endpoint_group)).toEqual(groups);
    expect(results.find(({ details }) => details?.endpoint_group === 'aws-s3')).toMatchObject({
      status: 'warning',
      resourceId: privateAclId,
    });
  });

  it('does not hide a fault of its own', async () => {
    const network = fakeNetwork(toS3);
    network.fail('prefixListRanges', new RangeError('not an IPv4 range'));
    expect(await verify(egressPath, network, {}, [privateSubnetId])).toMatchObject([
      { status: 'warning', details: { reason_code: 'internal_error' } },
    ]);
  });

  it('does not do without the ranges that another route is for', async () => {
    const network = fakeNetwork({
      routeTables: [
        privateTable(defaultRoute(toNat), { DestinationPrefixListId: 'pl-1', GatewayId: 'vgw-1' }),
        publicTable(defaultRoute(toIgw)),
      ],
    });
    network.fail('prefixListRanges', denied);
    expect(await verify(egressPath, network, {}, [privateSubnetId])).toMatchObject([
      { status: 'warning', details: { reason_code: 'access_denied' } },
    ]);
  });

  it('asks for no list of an endpoint that it does not need', async () => {
    const listed = {
      IpPermissions: [{ IpProtocol: '-1', PrefixListIds: [{ PrefixListId: 'pl-1' }] }],
    };
    const network = fakeNetwork({
      endpoints: [endpoint('ec2')],
      securityGroups: [group(endpointGroupId, listed)],
    });
    await verify(egressPath, network, {}, [privateSubnetId]);
    expect(network.calls.filter(({ name }) => name === 'prefixListRanges')).toEqual([]);
  });
});
