import type { NatGatewayState, Route } from '@aws-sdk/client-ec2';
import { describe, expect, it } from '@jest/globals';
import { privateSubnetEgressRoute } from '../../../../../functions/network-verifier/checks/private-subnet-egress-route.ts';
import {
  defaultRoute,
  fakeNetwork,
  nat,
  natId,
  privateSubnetId,
  privateTable,
  privateTableId,
  publicSubnetId,
  route,
  toIgw,
  toNat,
  verify,
} from '../../../../support/fakes/network.ts';

/** The one finding about a private subnet with these routes. */
async function egress(routes: Route[], differences = {}, requirements = {}) {
  const network = fakeNetwork({ routeTables: [privateTable(...routes)], ...differences });
  const results = await verify(privateSubnetEgressRoute, network, requirements, [privateSubnetId]);
  expect(results).toHaveLength(1);
  return results[0];
}

describe('private_subnet_egress_route', () => {
  it('reports private subnets only', async () => {
    const results = await verify(privateSubnetEgressRoute, fakeNetwork());
    expect(results.map(({ resourceId }) => resourceId)).toEqual([privateSubnetId]);
  });

  it('passes when no subnet is private', async () => {
    const results = await verify(privateSubnetEgressRoute, fakeNetwork(), {}, [publicSubnetId]);
    expect(results).toMatchObject([{ status: 'passed', message: expect.stringContaining('None') }]);
  });

  describe('given a default route to a NAT gateway', () => {
    it('passes when it is available and names table and target', async () => {
      const result = await egress([defaultRoute(toNat)]);
      expect(result).toMatchObject({
        status: 'passed',
        details: { route_table_id: privateTableId, targets: [natId] },
      });
    });

    it.each<[string, NatGatewayState]>([
      ['warning', 'pending'],
      ['failed', 'failed'],
      ['failed', 'deleting'],
      ['failed', 'deleted'],
    ])('is %s when it is %s', async (status, State) => {
      const result = await egress([defaultRoute(toNat)], { natGateways: [nat({ State })] });
      expect(result?.status).toBe(status);
      expect(result?.message).toContain(State);
      expect(result?.message).toContain(natId);
    });

    it('fails when the VPC has no such gateway', async () => {
      const result = await egress([defaultRoute(toNat)], { natGateways: [] });
      expect(result?.status).toBe('failed');
      expect(result?.message).toContain(`${natId}, which is not in this VPC`);
    });
  });

  describe('given a target beyond which nothing can be seen', () => {
    it.each<[string, Route]>([
      ['a transit gateway', { TransitGatewayId: 'tgw-1' }],
      ['a Cloud WAN core network', { CoreNetworkArn: 'arn:aws:networkmanager::1:core-network/c' }],
      ['a virtual private gateway', { GatewayId: 'vgw-1' }],
      ['a network interface', { NetworkInterfaceId: 'eni-1' }],
      ['a Gateway Load Balancer endpoint', { GatewayId: 'vpce-1' }],
      ['a local gateway', { LocalGatewayId: 'lgw-1' }],
      ['a carrier gateway', { GatewayId: 'cagw-1' }],
      ['a kind of target that this version does not know', { GatewayId: 'new-1' }],
    ])('warns that %s cannot be verified', async (what, target) => {
      const result = await egress([defaultRoute(target)]);
      expect(result).toMatchObject({ status: 'warning', details: { reason_code: 'not_verifiable' } });
      expect(result?.message).toContain(what);
    });
  });

  describe('given a target that carries no internet traffic', () => {
    it.each<[string, Route]>([
      ['a VPC peering', { VpcPeeringConnectionId: 'pcx-1' }],
      ['an internet gateway that is not attached', { GatewayId: 'igw-0fffffffffffffff1' }],
      ['a NAT gateway that is gone', { ...toNat, State: 'blackhole' }],
      ['an internet gateway that is gone', { ...toIgw, State: 'blackhole' }],
      ['a transit gateway that is gone', { TransitGatewayId: 'tgw-1', State: 'blackhole' }],
    ])('fails %s', async (_, target) => {
      const result = await egress([defaultRoute(target)]);
      expect(result?.status).toBe('failed');
      expect(result?.message).toContain('Route 0.0.0.0/0 to an available NAT gateway');
    });
  });

  describe('given a default split in halves', () => {
    it('passes when both go to NAT', async () => {
      const result = await egress([route('0.0.0.0/1', toNat), route('128.0.0.0/1', toNat)]);
      expect(result?.status).toBe('passed');
    });

    it.each<[string, Route]>([
      ['failed', { VpcPeeringConnectionId: 'pcx-1' }],
      ['warning', { TransitGatewayId: 'tgw-1' }],
    ])('is %s when the worse half is', async (status, target) => {
      const result = await egress([route('0.0.0.0/1', toNat), route('128.0.0.0/1', target)]);
      expect(result?.status).toBe(status);
      expect(result?.details?.targets).toEqual([natId, Object.values(target)[0]]);
    });

    it.each(['0.0.0.0/1', '128.0.0.0/1'])('fails when only %s is there', async (half) => {
      const result = await egress([route(half, toNat)]);
      expect(result?.status).toBe('failed');
      expect(result?.message).toContain('only a part of the internet');
    });
  });

  describe('given no way out', () => {
    it('fails and names the two remedies', async () => {
      const result = await egress([]);
      expect(result).toMatchObject({ status: 'failed', details: { targets: [] } });
      expect(result?.message).toMatch(/NAT gateway, or ask for zero_egress/);
    });

    it('fails an IPv6-only way', async () => {
      const ipv6: Route = { DestinationIpv6CidrBlock: '::/0', EgressOnlyInternetGatewayId: 'eigw-1' };
      expect((await egress([ipv6]))?.status).toBe('failed');
    });

    it('passes a zero-egress cluster', async () => {
      expect((await egress([], {}, { zero_egress: true }))?.status).toBe('passed');
    });

    // A public range of one's own behind a transit gateway is no way to the internet.
    it('does not fail a zero-egress cluster for a route to a part of the public range', async () => {
      const narrow = route('3.0.0.0/9', { TransitGatewayId: 'tgw-1' });
      expect((await egress([narrow], {}, { zero_egress: true }))?.status).not.toBe('failed');
    });
  });
});
