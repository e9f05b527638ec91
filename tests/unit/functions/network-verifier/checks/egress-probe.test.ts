import { describe, expect, it } from '@jest/globals';
import { egressProbe } from '../../../../../functions/network-verifier/checks/egress-probe.ts';
import { requiredEndpoints } from '../../../../../functions/network-verifier/egress/endpoint-groups.ts';
import { activeProbe } from '../../../../../functions/network-verifier/probe/active-probe.ts';
import type { ShownCertificate } from '../../../../../functions/network-verifier/probe/probe-network.ts';
import { awsError } from '../../../../support/fakes/aws-errors.ts';
import {
  fakeNetwork,
  otherVpcId,
  privateSubnet,
  privateSubnetId,
  publicSubnet,
  publicSubnetId,
  region,
  subnet,
  verify,
  vpcId,
} from '../../../../support/fakes/network.ts';
import { fakeProbeNetwork, never, refuse } from '../../../../support/fakes/probe-network.ts';

const sts = `sts.${region}.amazonaws.com`;
const s3 = `s3.${region}.amazonaws.com`;
const publicCa: ShownCertificate = { issuer: 'Amazon RSA 2048 M02' };
const secondSubnetId = 'subnet-0cccccccccccccccc';

const hostsOf = (zeroEgress: boolean): string[] =>
  requiredEndpoints(region, zeroEgress).groups.flatMap(({ endpoints }) => endpoints.map(({ host }) => host));

/** What the check says when the function is attached to the private subnet, unless said otherwise. */
async function probed({
  attached = [privateSubnetId],
  fake = fakeProbeNetwork(),
  network = fakeNetwork(),
  requirements = {},
  subnetIds = undefined as string[] | undefined,
  remainingMs = 60_000,
} = {}) {
  const probe = activeProbe({ attachedSubnetIds: attached, network: fake.network }, remainingMs);
  const results = await verify(egressProbe, network, requirements, subnetIds, { probe });
  const of = (host: string) => results.filter(({ details }) => details?.host === host);
  const beside = results.filter(({ details }) => details?.host === undefined);
  return { results, of, beside, asked: fake.asked };
}

/** Does something else for one host than for the others. */
const onlyFor =
  <Value>(wanted: string, work: () => Promise<NoInfer<Value>>, otherwise: Value) =>
  (host: string): Promise<Value> =>
    host === wanted ? work() : Promise.resolve(otherwise);

/** EC2's API where the function has no way to it. */
function unreachableEc2() {
  const network = fakeNetwork();
  for (const name of ['vpc', 'subnets', 'subnetsOfVpc', 'routeTables', 'internetGateways'] as const)
    network.fail(name, awsError('ec2:DescribeSubnets', 'TimeoutError'), 9);
  return network;
}

describe('a probe that is not asked for', () => {
  it('is not made', async () => {
    expect(await verify(egressProbe, fakeNetwork())).toEqual([]);
  });
});

describe('a function that is not attached to a VPC', () => {
  it('probes nothing, and says how to attach it to the private subnets', async () => {
    const { results, asked } = await probed({ attached: [] });
    expect(results).toMatchObject([
      { check: 'egress_probe', status: 'warning', details: { reason_code: 'not_verifiable' } },
    ]);
    expect(results[0]?.message).toContain(
      `rosactl setup-account --network-verifier-subnet-ids ${privateSubnetId} --network-verifier-security-group-ids`,
    );
    expect(results[0]?.message).toContain(`--param="networkVerifierSubnetIds=${privateSubnetId}"`);
    expect(asked.hosts).toEqual([]);
  });
});

describe('a function that is attached to the private subnets', () => {
  it('probes every host of the platform once, and nothing else', async () => {
    const { results, asked } = await probed();
    expect(asked.hosts.sort()).toEqual(hostsOf(false).sort());
    expect(results.map(({ status }) => status)).toEqual(asked.hosts.map(() => 'passed'));
    expect(asked.open).toBe(0);
  });

  it('tells of each what it is for, from where and how long it took', async () => {
    const { of } = await probed();
    expect(of(sts)).toEqual([
      {
        check: 'egress_probe',
        status: 'passed',
        message: `${sts} answers in ${privateSubnetId} over TLS, with a certificate that can be verified`,
        resourceId: privateSubnetId,
        details: {
          host: sts,
          endpoint_group: 'aws-sts',
          platform: 'aws-hcp',
          endpoints_version: requiredEndpoints(region, false).version,
          attached_subnet_ids: [privateSubnetId],
          stage: 'tls',
          addresses: ['10.0.0.10'],
          dns_ms: expect.any(Number),
          tcp_ms: expect.any(Number),
          tls_ms: expect.any(Number),
        },
      },
    ]);
  });

  it('speaks for one of its subnets when it has several, which Lambda chooses', async () => {
    const attached = [privateSubnetId, publicSubnetId];
    const [result] = (await probed({ attached })).of(sts);
    expect(result?.message).toContain(`answers in one of ${privateSubnetId}, ${publicSubnetId} over TLS`);
    expect(result?.resourceId).toBeUndefined();
    expect(result?.details).toMatchObject({ attached_subnet_ids: attached });
  });

  it.each([
    [
      'does not resolve',
      { resolve: onlyFor(sts, refuse('ENOTFOUND'), ['10.0.0.10']) },
      { stage: 'dns', error_code: 'ENOTFOUND', addresses: [] },
      /does not resolve in .* \(ENOTFOUND\).*DHCP option set.*DNS Firewall/,
    ],
    [
      'takes no connection',
      {
        resolve: onlyFor(sts, async () => ['10.9.9.9'], ['10.0.0.10']),
        connect: onlyFor('10.9.9.9', refuse('ECONNREFUSED'), undefined),
      },
      { stage: 'tcp', error_code: 'ECONNREFUSED', addresses: ['10.9.9.9'] },
      /\(10\.9\.9\.9\) takes no connection at port 443.*network ACL.*security groups of the function/,
    ],
    [
      'completes no handshake',
      { handshake: onlyFor(sts, refuse('ECONNRESET'), publicCa) },
      { stage: 'tls', error_code: 'ECONNRESET' },
      /completes no TLS handshake \(ECONNRESET\).*firewall.*allow sts/,
    ],
    [
      'shows the certificate of somebody else',
      {
        handshake: onlyFor(
          sts,
          async () => ({ problem: 'SELF_SIGNED_CERT_IN_CHAIN', issuer: 'Example\u001b[2J Corp' }),
          publicCa,
        ),
      },
      { stage: 'tls', error_code: 'SELF_SIGNED_CERT_IN_CHAIN', certificate_issuer: 'Example [2J Corp' },
      /signed by "Example \[2J Corp": a proxy or firewall on the way presents its own/,
    ],
  ])('fails for a host that %s, and says what to do', async (_, differences, details, message) => {
    const { results, of } = await probed({ fake: fakeProbeNetwork(differences) });
    expect(of(sts)).toMatchObject([
      { status: 'failed', message: expect.stringMatching(message), details: { host: sts, ...details } },
    ]);
    expect(results.filter(({ status }) => status !== 'passed')).toHaveLength(1);
  });

  it('says of a stage without an answer how long it has waited', async () => {
    const fake = fakeProbeNetwork({ resolve: refuse('NO_ANSWER') });
    expect((await probed({ fake })).of(sts)[0]?.message).toContain('(no answer in 3 s)');
  });

  it('only warns for nodes with a proxy, which is not probed', async () => {
    const fake = fakeProbeNetwork({ connect: refuse('EHOSTUNREACH') });
    const { results } = await probed({ fake, requirements: { proxy: true } });
    for (const result of results)
      expect(result).toMatchObject({
        status: 'warning',
        message: expect.stringContaining('proxy, which was not probed'),
        details: { reason_code: 'not_verifiable', stage: 'tcp' },
      });
  });

  it('knows nothing of hosts that the time does not suffice for', async () => {
    // 3 s are kept back, so that 50 ms remain.
    const fake = fakeProbeNetwork({ resolve: onlyFor(sts, never, ['10.0.0.10']) });
    const { of, results } = await probed({ fake, remainingMs: 3_050 });
    expect(of(sts)).toMatchObject([{ status: 'warning', details: { reason_code: 'deadline_exceeded' } }]);
    expect(of(s3)).toMatchObject([{ status: 'passed' }]);
    expect(results).toHaveLength(hostsOf(false).length);
  });
});

describe('a cluster without egress', () => {
  const requirements = { zero_egress: true };
  const withPublic = (host: string) =>
    fakeProbeNetwork({ resolve: onlyFor(host, async () => ['52.46.1.2'], ['10.0.0.10']) });

  it('has few hosts, each at private addresses', async () => {
    const { results, asked } = await probed({ requirements });
    expect(asked.hosts).toEqual(hostsOf(true));
    expect(results.map(({ status }) => status)).toEqual(asked.hosts.map(() => 'passed'));
  });

  it('fails for one at a public address, with the command for the endpoint it lacks', async () => {
    const { of, asked } = await probed({ requirements, fake: withPublic(sts) });
    const command = `aws ec2 create-vpc-endpoint --vpc-id ${vpcId} --vpc-endpoint-type Interface --service-name com.amazonaws.${region}.sts`;
    expect(of(sts)).toMatchObject([
      {
        status: 'failed',
        message: expect.stringContaining(command),
        details: { stage: 'dns', error_code: 'PUBLIC_ADDRESS', addresses: ['52.46.1.2'] },
      },
    ]);
    expect(asked.addresses).not.toContain('52.46.1.2');
  });

  it("takes S3's public addresses, which a gateway endpoint routes, and connects to them", async () => {
    const { of, asked } = await probed({ requirements, fake: withPublic(s3) });
    expect(of(s3)).toMatchObject([{ status: 'passed' }]);
    expect(asked.addresses).toContain('52.46.1.2');
  });

  it('is the only one that minds public addresses', async () => {
    const { of } = await probed({ fake: withPublic(sts) });
    expect(of(sts)).toMatchObject([{ status: 'passed' }]);
  });
});

describe('a function that is attached elsewhere', () => {
  const elsewhere = 'subnet-0fffffffffffffff1';
  const twoPrivate = () =>
    fakeNetwork({ subnets: [privateSubnet(), subnet(secondSubnetId), publicSubnet()] });
  const three = [privateSubnetId, secondSubnetId, publicSubnetId];

  it('proves nothing when that is another VPC', async () => {
    const network = fakeNetwork({ otherSubnets: [subnet(elsewhere, { VpcId: otherVpcId })] });
    const { results } = await probed({ network, attached: [elsewhere] });
    expect(results).toMatchObject([{ status: 'warning', details: { reason_code: 'not_verifiable' } }]);
    expect(results[0]?.message).toContain(`Nothing was proven of ${vpcId}`);
    expect(results[0]?.message).toContain(`--network-verifier-subnet-ids ${privateSubnetId} `);
  });

  it('says nothing of private subnets that it is not attached to', async () => {
    const { beside, of } = await probed({ network: twoPrivate(), subnetIds: three });
    expect(beside).toMatchObject([{ status: 'warning', details: { subnet_ids: [secondSubnetId] } }]);
    expect(beside[0]?.message).toContain(
      `--network-verifier-subnet-ids ${privateSubnetId},${secondSubnetId} `,
    );
    expect(of(sts)).toMatchObject([{ status: 'passed' }]);
  });

  it('need not be attached to public subnets', async () => {
    const attached = [privateSubnetId, secondSubnetId];
    const { beside } = await probed({ network: twoPrivate(), subnetIds: three, attached });
    expect(beside).toEqual([]);
  });
});

describe("a function without a way to EC2's API", () => {
  const requirements = { public_subnet_ids: [publicSubnetId] };

  it('probes all the same, and goes by the ids of the request', async () => {
    const { beside, of } = await probed({ network: unreachableEc2(), requirements });
    expect(beside).toEqual([]);
    expect(of(sts)).toMatchObject([{ status: 'passed' }]);
  });

  it('says that its VPC is not known when it has none of the subnets of the request', async () => {
    const attached = ['subnet-0fffffffffffffff1'];
    const { beside, of } = await probed({ network: unreachableEc2(), requirements, attached });
    expect(beside).toMatchObject([
      { status: 'warning', message: expect.stringContaining('could not be looked up') },
      { status: 'warning', details: { subnet_ids: [privateSubnetId] } },
    ]);
    expect(of(sts)).toMatchObject([{ status: 'passed' }]);
  });

  it('reports in time when the API never answers', async () => {
    const network = Object.assign(fakeNetwork(), { subnetsOfVpc: never, subnets: never });
    const { beside, of } = await probed({ network, requirements, remainingMs: 3_050 });
    expect(beside).toEqual([]);
    expect(of(sts)).toMatchObject([{ status: 'passed' }]);
  });
});
