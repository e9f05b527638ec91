import { describe, expect, it } from '@jest/globals';
import type { NetworkReader } from '../../../../functions/network-verifier/network-reader.ts';
import { measure, verifyNetwork } from '../../../../functions/network-verifier/verify-network.ts';
import { validate } from '../../../../schemas/generated/network-verifier-result.js';
import { awsError } from '../../../support/fakes/aws-errors.ts';
import {
  fakeNetwork,
  otherVpcId,
  privateSubnetId,
  publicSubnetId,
  subnet,
  vpcId,
} from '../../../support/fakes/network.ts';

const request = { vpc_id: vpcId, subnet_ids: [privateSubnetId, publicSubnetId] };

const verified = (network: NetworkReader, more = {}) => {
  const regions: string[] = [];
  const networkIn = (region: string) => {
    regions.push(region);
    return network;
  };
  const invocation = { partition: 'aws', account: '1', region: 'eu-west-1', remainingMs: () => 60_000 };
  const result = verifyNetwork({ networkIn, invocation }, { ...request, ...more });
  return result.then((outcome) => ({ ...outcome, regions, results: outcome.network_validation_results }));
};

const everyCheck = [
  'vpc_exists',
  'vpc_dns_support',
  'vpc_dns_hostnames',
  'subnet_exists',
  'subnets_same_vpc',
  'subnet_classification',
  'private_subnet_egress_route',
  'nat_gateway_state',
  'route_blackhole',
  'cidr_overlap',
];

describe('verifying a network', () => {
  describe('given a network in order', () => {
    it('passes every check of the catalogue, in its order', async () => {
      const { results, summary, regions } = await verified(fakeNetwork());
      expect([...new Set(results.map(({ check_name }) => check_name))]).toEqual(everyCheck);
      expect(summary).toEqual({ status: 'passed', passed: results.length, failed: 0, warning: 0 });
      expect(regions).toEqual(['eu-west-1']);
    });

    it('reads each fact of the network once', async () => {
      const network = fakeNetwork();
      await verified(network);
      const names = network.calls.map(({ name, args }) => [name, args[1]].join(' ').trim());
      expect(names.sort()).toEqual([
        'internetGateways',
        'natGateways',
        'routeTables',
        'subnets',
        'vpc',
        'vpcDnsAttribute enableDnsHostnames',
        'vpcDnsAttribute enableDnsSupport',
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

    it('fails vpc_exists and subnet_exists, and leaves the rest undetermined', async () => {
      const { results } = await verified(missing());
      const undetermined = everyCheck.filter((name) => !['vpc_exists', 'subnet_exists'].includes(name));
      const warnings = results.filter(({ status }) => status === 'warning');
      expect(results.filter(({ status }) => status === 'failed').map(({ check_name }) => check_name)).toEqual(
        ['vpc_exists', 'subnet_exists', 'subnet_exists'],
      );
      expect(warnings.map(({ check_name }) => check_name)).toEqual(undetermined);
      expect(new Set(warnings.map(({ details }) => details.reason_code))).toEqual(
        new Set(['depends_on_other_check']),
      );
    });

    it('asks AWS for nothing of that VPC', async () => {
      const network = missing();
      await verified(network);
      expect(network.calls.map(({ name }) => name).sort()).toEqual(['subnets', 'vpc']);
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
    expect(denied.map(({ check_name }) => check_name)).toEqual([
      'private_subnet_egress_route',
      'nat_gateway_state',
    ]);
    expect(summary).toMatchObject({ status: 'warning', failed: 0, warning: 2 });
  });

  it('answers as its schema says, good news or bad', async () => {
    for (const network of [fakeNetwork(), fakeNetwork({ vpc: undefined, subnets: [] })]) {
      const { regions: _, results: __, ...result } = await verified(network);
      validate(result);
      expect(validate.errors ?? []).toEqual([]);
    }
  });

  it('measures failures and warnings', async () => {
    const result = await verified(fakeNetwork({ vpc: undefined, subnets: [] }));
    expect(measure(result)).toEqual({ network_validations_failed: 3, network_validation_warnings: 8 });
  });
});
