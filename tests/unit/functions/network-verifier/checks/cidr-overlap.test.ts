import type { Route } from '@aws-sdk/client-ec2';
import { describe, expect, it } from '@jest/globals';
import { cidrOverlap } from '../../../../../functions/network-verifier/checks/cidr-overlap.ts';
import type { NetworkRequirements } from '../../../../../schemas/generated/network-verifier-request.js';
import {
  defaultRoute,
  fakeNetwork,
  mainTable,
  mainTableId,
  route,
  toIgw,
  toNat,
  verify,
  vpc,
} from '../../../../support/fakes/network.ts';

const toPeer: Route = { VpcPeeringConnectionId: 'pcx-1' };
const ofVpc = (cidr: string, State: 'associated' | 'disassociated' | 'failed' = 'associated') => ({
  CidrBlock: cidr,
  CidrBlockState: { State },
});
const routed = (...routes: Route[]) => fakeNetwork({ routeTables: [mainTable(...routes)] });

describe('cidr_overlap', () => {
  it('passes the ranges a cluster takes by default and names them', async () => {
    const results = await verify(cidrOverlap, fakeNetwork());
    expect(results).toMatchObject([{ status: 'passed' }]);
    expect(results[0]?.message).toContain('service CIDR 172.30.0.0/16, pod CIDR 10.128.0.0/14');
  });

  it('passes ranges that touch and share nothing', async () => {
    const requirements = {
      machine_cidr: '10.0.0.0/17',
      service_cidr: '10.1.0.0/16',
      pod_cidr: '10.2.0.0/15',
    };
    expect(await verify(cidrOverlap, fakeNetwork(), requirements)).toMatchObject([{ status: 'passed' }]);
  });

  it('passes a machine range inside the VPC', async () => {
    const results = await verify(cidrOverlap, fakeNetwork(), { machine_cidr: '10.0.0.0/16' });
    expect(results).toMatchObject([{ status: 'passed' }]);
  });

  describe('given two ranges of the cluster with shared addresses', () => {
    it.each<[string, NetworkRequirements, string[]]>([
      ['service and pod', { service_cidr: '10.130.0.0/16' }, ['10.130.0.0/16', '10.128.0.0/14']],
      ['machine and service', { machine_cidr: '172.30.4.0/24' }, ['172.30.4.0/24', '172.30.0.0/16']],
      ['machine and pod', { machine_cidr: '10.0.0.0/8' }, ['10.0.0.0/8', '10.128.0.0/14']],
    ])('fails %s and names both', async (_, requirements, ranges) => {
      const results = await verify(cidrOverlap, fakeNetwork(), requirements);
      expect(results).toMatchObject([{ status: 'failed', details: { ranges } }]);
      for (const range of ranges) expect(results[0]?.message).toContain(range);
    });
  });

  describe('given a range of the VPC with shared addresses', () => {
    it.each<[string, string, NetworkRequirements, string[]]>([
      ['service', '172.30.0.0/20', {}, ['172.30.0.0/16', '172.30.0.0/20']],
      ['pod', '10.0.0.0/16', { pod_cidr: '10.0.128.0/17' }, ['10.0.128.0/17', '10.0.0.0/16']],
    ])('fails the %s range and names both', async (_, vpcRange, requirements, ranges) => {
      const network = fakeNetwork({ vpc: vpc({ CidrBlockAssociationSet: [ofVpc(vpcRange)] }) });
      const results = await verify(cidrOverlap, network, requirements);
      expect(results).toMatchObject([{ status: 'failed', details: { ranges } }]);
      expect(results[0]?.message).toContain(`VPC range ${vpcRange}`);
    });

    it('fails a range the VPC got later', async () => {
      const ranges = [ofVpc('10.0.0.0/16'), ofVpc('10.129.0.0/16')];
      const network = fakeNetwork({ vpc: vpc({ CidrBlockAssociationSet: ranges }) });
      expect(await verify(cidrOverlap, network)).toMatchObject([{ status: 'failed' }]);
    });

    it('passes a range the VPC no longer has', async () => {
      const ranges = [ofVpc('10.0.0.0/16'), ofVpc('10.129.0.0/16', 'disassociated')];
      const network = fakeNetwork({ vpc: vpc({ CidrBlockAssociationSet: ranges }) });
      expect(await verify(cidrOverlap, network)).toMatchObject([{ status: 'passed' }]);
    });
  });

  describe('given routes of the VPC', () => {
    it.each([
      ['pod', '10.129.0.0/16'],
      ['pod', '10.0.0.0/8'],
      ['service', '172.30.0.0/16'],
    ])('warns that the %s range shadows what lies at %s', async (kind, destination) => {
      const results = await verify(cidrOverlap, routed(route(destination, toPeer)));
      expect(results).toMatchObject([{ status: 'warning' }]);
      expect(results[0]?.message).toContain(`${kind} CIDR`);
      expect(results[0]?.message).toContain(`route of ${mainTableId} ${destination}`);
    });

    it.each<[string, Route[]]>([
      ['the default', [defaultRoute(toNat)]],
      ['the halves of the default', [route('0.0.0.0/1', toIgw), route('128.0.0.0/1', toIgw)]],
      ['a peer elsewhere', [route('10.9.0.0/16', toPeer)]],
      ['an IPv6 range', [{ DestinationIpv6CidrBlock: 'fd00::/8', ...toPeer }]],
      ['a prefix list', [{ DestinationPrefixListId: 'pl-1', GatewayId: 'vpce-1' }]],
    ])('passes %s', async (_, routes) => {
      expect(await verify(cidrOverlap, routed(...routes))).toMatchObject([{ status: 'passed' }]);
    });

    it('reports the local route of a clashing VPC range only as that clash', async () => {
      const localRoute = route('172.30.0.0/16', { GatewayId: 'local' });
      const ranges = [ofVpc('172.30.0.0/16')];
      const network = fakeNetwork({
        vpc: vpc({ CidrBlockAssociationSet: ranges }),
        routeTables: [mainTable(localRoute)],
      });
      expect(await verify(cidrOverlap, network)).toMatchObject([{ status: 'failed' }]);
    });
  });

  it('reports everything that overlaps at once, failures first', async () => {
    const network = routed(route('172.30.8.0/24', toPeer));
    const results = await verify(cidrOverlap, network, {
      pod_cidr: '10.0.0.0/8',
      machine_cidr: '10.0.0.0/16',
    });
    expect(results.map(({ status, details }) => [status, details?.ranges])).toEqual([
      ['failed', ['10.0.0.0/16', '10.0.0.0/8']],
      ['failed', ['10.0.0.0/8', '10.0.0.0/16']],
      ['warning', ['172.30.0.0/16', '172.30.8.0/24']],
    ]);
  });
});
