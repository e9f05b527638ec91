import type { Route } from '@aws-sdk/client-ec2';
import { describe, expect, it } from '@jest/globals';
import {
  internetRoutes,
  isPublic,
  routeTo,
  targetOf,
} from '../../../../functions/network-verifier/routing.ts';
import { parseAddress } from '../../../../shared/network/cidr.ts';
import { defaultRoute, igwId, privateTable, route, toIgw, toNat } from '../../../support/fakes/network.ts';

const toTgw: Route = { TransitGatewayId: 'tgw-0a1b2c3d4e5f60718' };
const toVgw: Route = { GatewayId: 'vgw-0a1b2c3d4e5f60718' };

describe('the target of a route', () => {
  it.each<[string, Route, string]>([
    ['local', { GatewayId: 'local' }, 'local'],
    ['internet-gateway', { GatewayId: igwId }, igwId],
    ['virtual-private-gateway', { GatewayId: 'vgw-1' }, 'vgw-1'],
    ['vpc-endpoint', { GatewayId: 'vpce-1' }, 'vpce-1'],
    ['carrier-gateway', { GatewayId: 'cagw-1' }, 'cagw-1'],
    ['nat-gateway', { NatGatewayId: 'nat-1' }, 'nat-1'],
    ['transit-gateway', { TransitGatewayId: 'tgw-1' }, 'tgw-1'],
    ['vpc-peering', { VpcPeeringConnectionId: 'pcx-1' }, 'pcx-1'],
    ['core-network', { CoreNetworkArn: 'arn:aws:networkmanager::1:c' }, 'arn:aws:networkmanager::1:c'],
    ['local-gateway', { LocalGatewayId: 'lgw-1' }, 'lgw-1'],
    ['network-interface', { NetworkInterfaceId: 'eni-1' }, 'eni-1'],
    ['network-interface', { InstanceId: 'i-1', NetworkInterfaceId: 'eni-1' }, 'eni-1'],
    ['network-interface', { InstanceId: 'i-1' }, 'i-1'],
    ['unknown', { GatewayId: 'new-1' }, 'new-1'],
    ['egress-only-gateway', { EgressOnlyInternetGatewayId: 'eigw-1' }, 'eigw-1'],
    ['unknown', {}, 'unknown'],
  ])('is a %s for %j', (kind, fields, id) => {
    expect(targetOf(fields)).toEqual({ kind, id });
  });
});

describe('the route to an address', () => {
  const taken = (address: string, ...routes: Route[]) => {
    const route = routeTo(privateTable(...routes), parseAddress(address));
    return route && targetOf(route).kind;
  };

  it('is the one with the longest prefix, whatever the order', () => {
    const routes = [defaultRoute(toNat), route('52.0.0.0/8', toTgw), route('52.94.0.0/16', toIgw)];
    expect(taken('52.94.0.1', ...routes)).toBe('internet-gateway');
    expect(taken('52.94.0.1', ...routes.toReversed())).toBe('internet-gateway');
    expect(taken('52.1.0.1', ...routes)).toBe('transit-gateway');
    expect(taken('3.0.0.1', ...routes)).toBe('nat-gateway');
  });

  it('is the local one inside the VPC', () => {
    expect(taken('10.0.4.4', defaultRoute(toNat))).toBe('local');
  });

  it('is the dead one when that has the longest prefix', () => {
    const dead = route('52.94.0.0/16', { ...toTgw, State: 'blackhole' });
    expect(taken('52.94.0.1', defaultRoute(toNat), dead)).toBe('transit-gateway');
  });

  it.each(['EnableVgwRoutePropagation', 'Advertisement'] as const)(
    'is the static one at the same prefix as one of origin %s',
    (Origin) => {
      const propagated = defaultRoute({ ...toVgw, Origin });
      expect(taken('3.0.0.1', propagated, defaultRoute(toNat))).toBe('nat-gateway');
      expect(taken('3.0.0.1', defaultRoute(toNat), propagated)).toBe('nat-gateway');
    },
  );

  it('is the local one at the same prefix as a propagated or a static one', () => {
    const propagated = route('10.0.0.0/16', { ...toVgw, Origin: 'EnableVgwRoutePropagation' });
    const { Routes = [] } = privateTable();
    for (const rival of [propagated, route('10.0.0.0/16', toTgw)]) {
      const found = routeTo({ Routes: [rival, ...Routes] }, parseAddress('10.0.0.9'));
      expect(found && targetOf(found).kind).toBe('local');
    }
  });

  it('is none when only IPv6 or a prefix list leads on', () => {
    const ipv6: Route = { DestinationIpv6CidrBlock: '::/0', GatewayId: igwId, State: 'active' };
    const s3: Route = { DestinationPrefixListId: 'pl-63a5400a', GatewayId: 'vpce-1', State: 'active' };
    expect(taken('3.0.0.1', ipv6, s3)).toBeUndefined();
  });

  it('is none in a table without routes', () => {
    expect(routeTo({}, parseAddress('3.0.0.1'))).toBeUndefined();
  });
});

describe('the way to the internet', () => {
  const kinds = (...routes: Route[]) =>
    internetRoutes(privateTable(...routes)).map((route) => route && targetOf(route).kind);

  it('is one route when there is a default', () => {
    expect(kinds(defaultRoute(toNat))).toEqual(['nat-gateway']);
  });

  it('is two routes when the default is split in halves', () => {
    expect(kinds(route('0.0.0.0/1', toNat), route('128.0.0.0/1', toTgw))).toEqual([
      'nat-gateway',
      'transit-gateway',
    ]);
  });

  it.each(['0.0.0.0/1', '128.0.0.0/1'])('lacks a part when only %s is routed', (half) => {
    expect(kinds(route(half, toNat))).toEqual(expect.arrayContaining([undefined, 'nat-gateway']));
  });

  it('is none when nothing leads out', () => {
    expect(kinds()).toEqual([undefined]);
  });
});

describe('a table is public', () => {
  const attached = new Set([igwId]);
  const judged = (...routes: Route[]) => isPublic(privateTable(...routes), attached);

  it('with a default route to an attached internet gateway', () => {
    expect(judged(defaultRoute(toIgw))).toBe(true);
  });

  it('with the two halves to an attached internet gateway', () => {
    expect(judged(route('0.0.0.0/1', toIgw), route('128.0.0.0/1', toIgw))).toBe(true);
  });

  describe('but not with', () => {
    it.each<[string, Route[]]>([
      ['no way out', []],
      ['a NAT gateway', [defaultRoute(toNat)]],
      ['an internet gateway of another VPC', [defaultRoute({ GatewayId: 'igw-0fffffffffffffff1' })]],
      ['a blackholed internet gateway', [defaultRoute({ ...toIgw, State: 'blackhole' })]],
      ['a filtered route', [defaultRoute({ ...toIgw, State: 'filtered' })]],
      ['an IPv6 default only', [{ DestinationIpv6CidrBlock: '::/0', ...toIgw, State: 'active' }]],
      [
        'an egress-only gateway',
        [{ DestinationIpv6CidrBlock: '::/0', EgressOnlyInternetGatewayId: 'eigw-1', State: 'active' }],
      ],
      ['an internet gateway for a private range', [defaultRoute(toNat), route('172.16.0.0/12', toIgw)]],
      // The default decides, not a range that happens to hold one of the sampled addresses.
      ['an internet gateway for a narrow public range', [defaultRoute(toNat), route('52.94.0.0/16', toIgw)]],
    ])('%s', (_, routes) => {
      expect(judged(...routes)).toBe(false);
    });
  });
});
