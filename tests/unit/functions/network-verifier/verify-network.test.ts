import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { networkChecks } from '../../../../functions/network-verifier/checks/index.ts';
import type { NetworkReader } from '../../../../functions/network-verifier/network-reader.ts';
import type { Prober } from '../../../../functions/network-verifier/probe/active-probe.ts';
import { measure, verifyNetwork } from '../../../../functions/network-verifier/verify-network.ts';
import { validate } from '../../../../schemas/generated/network-verifier-result.js';
import { awsError } from '../../../support/fakes/aws-errors.ts';
import {
  accountId,
  defaultRoute,
  endpointGroupId,
  fakeNetwork,
  neededEndpoints,
  otherVpcId,
  privateSubnetId,
  privateTable,
  publicSubnetId,
  region,
  subnet,
  toNat,
  vpcId,
} from '../../../support/fakes/network.ts';
import { fakeProbeNetwork, never } from '../../../support/fakes/probe-network.ts';

const request = { vpc_id: vpcId, subnet_ids: [privateSubnetId, publicSubnetId] };

const unattached: Prober = { attachedSubnetIds: [], network: fakeProbeNetwork().network };

const verified = (
  network: NetworkReader,
  more = {},
  { prober = unattached, remainingMs = 60_000 }: { prober?: Prober; remainingMs?: number } = {},
) => {
  const regions: string[] = [];
  const networkIn = (region: string) => {
    regions.push(region);
    return network;
  };
  const invocation = { partition: 'aws', account: accountId, region, remainingMs: () => remainingMs };
  const result = verifyNetwork({ networkIn, prober, invocation }, { ...request, ...more });
  return result.then((outcome) => ({ ...outcome, regions, results: outcome.network_validation_results }));
};

const names = (results: { check_name: string }[]) => [
  ...new Set(results.map(({ check_name }) => check_name)),
];

/** A network that answers all calls made so far at once, as AWS would after one round trip; tells those calls. */
function inRounds(network: NetworkReader) {
  const rounds: string[][] = [];
  let answers: Promise<void> | undefined;
  const join = (name: string): Promise<void> => {
    if (!answers) {
      rounds.push([]);
      answers = delay(20).then(() => {
        answers = undefined;
      });
    }
    rounds.at(-1)?.push(name);
    return answers;
  };
  const slow = Object.entries(network).map(([name, method]) => [
    name,
    async (...args: unknown[]) => {
      await join(name);
      return method(...args);
    },
  ]);
  return { network: Object.fromEntries(slow) as NetworkReader, rounds };
}

describe('verifying a network', () => {
  describe('given a network in order', () => {
    it('passes every check that applies, in the order of the catalogue', async () => {
      const { results, summary, regions } = await verified(fakeNetwork());
      const order = networkChecks.map(({ name }) => name);
      expect(names(results)).toEqual(order.filter((name) => names(results).includes(name)));
      expect(summary).toEqual({ status: 'passed', passed: results.length, failed: 0, warning: 0 });
      expect(regions).toEqual([region]);
    });

    it('reads each fact of the network once', async () => {
      const network = fakeNetwork();
      await verified(network);
      const calls = network.calls.map(({ name, args }) => [name, args[1]].join(' ').trim());
      expect(calls.sort()).toEqual([
        'dhcpOptions',
        'endpoints',
        'internetGateways',
        'natGateways',
        'networkAcls',
        'routeTables',
        'securityGroupsOfVpc',
        'subnets',
        'subnetsOfVpc',
        'transitGatewayAttachments',
        'vpc',
        'vpcDnsAttribute enableDnsHostnames',
        'vpcDnsAttribute enableDnsSupport',
        'zones',
      ]);
    });

    it('names the smaller resource where a finding is about one', async () => {
      const { results } = await verified(fakeNetwork());
      const ids = results.filter(({ check_name }) => check_name === 'subnet_exists');
      expect(ids.map(({ resource_id }) => resource_id)).toEqual(request.subnet_ids);
    });

    it('names the VPC where a finding is about no smaller resource', async () => {
      const { results } = await verified(fakeNetwork());
      const ids = results.filter(({ check_name }) => check_name === 'cidr_overlap');
      expect(ids).toMatchObject([{ resource_id: vpcId, details: {} }]);
    });

    it.each([
      [undefined, false],
      [false, false],
      [true, true],
    ])('repeats dry_run %s as %s', async (asked, told) => {
      expect((await verified(fakeNetwork(), { dry_run: asked })).dry_run).toBe(told);
    });
  });

  describe('given a VPC that does not exist', () => {
    const missing = () => fakeNetwork({ vpc: undefined, subnets: [], routeTables: [], natGateways: [] });

    it('fails vpc_exists and subnet_exists, and leaves what AWS tells of the VPC undetermined', async () => {
      const { results } = await verified(missing());
      const of = (status: string) => names(results.filter((result) => result.status === status));
      expect(of('failed')).toEqual(['vpc_exists', 'subnet_exists']);
      const onlyByRequest = networkChecks.filter(({ actions }) => actions.length === 0);
      expect(of('passed').filter((name) => !onlyByRequest.some((check) => check.name === name))).toEqual([]);
      expect(of('warning')).toEqual(
        expect.arrayContaining(['vpc_dns_support', 'nacl_egress_443', 'vpc_reuse']),
      );
      const reasons = results
        .filter(({ status }) => status === 'warning')
        .map(({ details }) => details.reason_code);
      expect(new Set(reasons)).toEqual(new Set(['depends_on_other_check']));
    });

    it('says so whatever AWS says of the rest', async () => {
      const network = missing();
      network.fail('vpcDnsAttribute', awsError('ec2:DescribeVpcAttribute', 'InvalidVpcID.NotFound'), 2);
      const { results } = await verified(network);
      expect(results.find(({ check_name }) => check_name === 'vpc_dns_support')).toMatchObject({
        status: 'warning',
        details: { reason_code: 'depends_on_other_check' },
      });
    });
  });

  it('leaves the routing undetermined when all subnets are in another VPC', async () => {
    const network = fakeNetwork({ subnets: [subnet(privateSubnetId, { VpcId: otherVpcId })] });
    const { results } = await verified(network, { subnet_ids: [privateSubnetId] });
    const statuses = Object.fromEntries(results.map(({ check_name, status }) => [check_name, status]));
    expect(statuses).toMatchObject({
      subnet_exists: 'passed',
      subnets_same_vpc: 'failed',
      subnet_classification: 'warning',
      private_subnet_egress_route: 'warning',
      nat_gateway_state: 'warning',
      route_blackhole: 'warning',
      cidr_overlap: 'passed',
    });
  });

  it('keeps what it could find out when one call is denied', async () => {
    const network = fakeNetwork();
    network.fail('natGateways', awsError('ec2:DescribeNatGateways', 'UnauthorizedOperation'));
    const { results, summary } = await verified(network);
    const denied = results.filter(({ details }) => details.missing_action === 'ec2:DescribeNatGateways');
    const needing = networkChecks.filter(({ actions }) => actions.includes('ec2:DescribeNatGateways'));
    expect(denied.map(({ check_name }) => check_name)).toEqual(needing.map(({ name }) => name));
    expect(summary).toMatchObject({ status: 'warning', failed: 0, warning: needing.length });
  });

  it('asks AWS in two rounds at most, one call waiting for another only where an id comes from it', async () => {
    const { network, rounds } = inRounds(
      fakeNetwork({
        routeTables: [
          privateTable(defaultRoute(toNat), { DestinationPrefixListId: 'pl-1', TransitGatewayId: 'tgw-1' }),
        ],
        endpoints: neededEndpoints(),
        prefixLists: { 'pl-1': ['192.168.0.0/16'] },
      }),
    );
    await verified(network, { requirements: { additional_security_group_ids: [endpointGroupId] } });
    expect(rounds.length).toBe(2);
    expect(rounds[1]?.sort()).toEqual(['dhcpOptions', 'prefixListRanges']);
  });

  describe('given a request for an active probe', () => {
    const attached = (fake = fakeProbeNetwork()): Prober => ({
      attachedSubnetIds: [privateSubnetId],
      network: fake.network,
    });
    const probes = (results: { check_name: string; status: string }[]) =>
      results.filter(({ check_name }) => check_name === 'egress_probe');

    it('probes from an attached function, beside everything else', async () => {
      const { results, summary } = await verified(
        fakeNetwork(),
        { active_probe: true },
        { prober: attached() },
      );
      expect(probes(results).length).toBeGreaterThan(10);
      expect(summary).toEqual({ status: 'passed', passed: results.length, failed: 0, warning: 0 });
    });

    it.each([[{}], [{ active_probe: false }]])('which %j is not, probes nothing', async (more) => {
      const { results } = await verified(fakeNetwork(), more, { prober: attached() });
      expect(probes(results)).toEqual([]);
    });

    it('answers in time with every finding when no host ever answers', async () => {
      const silent = attached(fakeProbeNetwork({ resolve: never }));
      // 3 s are kept back, so that 50 ms remain for the hosts.
      const settings = { prober: silent, remainingMs: 3_050 };
      const {
        regions: _,
        results,
        ...result
      } = await verified(fakeNetwork(), { active_probe: true }, settings);
      const late = probes(results);
      expect(late.length).toBeGreaterThan(10);
      expect(result.summary).toMatchObject({ failed: 0, warning: late.length });
      validate(result);
      expect(validate.errors ?? []).toEqual([]);
    });
  });

  it.each([false, true])('answers as its schema says, good news or bad, topology %s', async (asked) => {
    for (const network of [fakeNetwork(), fakeNetwork({ vpc: undefined, subnets: [] })]) {
      const { regions: _, results: __, ...result } = await verified(network, { include_topology: asked });
      validate(result);
      expect(validate.errors ?? []).toEqual([]);
      expect('topology' in result).toBe(asked);
    }
  });

  it('describes the topology with what the checks have read anyway', async () => {
    const [without, having] = [fakeNetwork(), fakeNetwork()];
    await verified(without);
    const { topology } = await verified(having, { include_topology: true });
    expect(topology?.subnets.map(({ id }) => id)).toEqual(request.subnet_ids);
    expect(having.calls.map(({ name }) => name).sort()).toEqual(without.calls.map(({ name }) => name).sort());
  });

  it('answers in time, topology included, when AWS does not', async () => {
    const network = fakeNetwork();
    Object.assign(network, { endpoints: () => new Promise(() => {}) });
    const { results, topology } = await verified(network, { include_topology: true }, { remainingMs: 2_020 });
    const late = results.filter(({ details }) => details.reason_code === 'deadline_exceeded');
    expect(names(late)).toContain('egress_path');
    expect(topology?.not_determined.map(({ part }) => part)).toEqual(['endpoints']);
  });

  it('measures failures and warnings', async () => {
    const result = await verified(fakeNetwork({ vpc: undefined, subnets: [] }));
    const { failed, warning } = result.summary;
    expect(failed).toBe(3);
    expect(measure(result)).toEqual({
      network_validations_failed: failed,
      network_validation_warnings: warning,
    });
  });
});
