import type { Route } from '@aws-sdk/client-ec2';
import { describe, expect, it } from '@jest/globals';
import { routeBlackhole } from '../../../../../functions/network-verifier/checks/route-blackhole.ts';
import {
  defaultRoute,
  fakeNetwork,
  mainTable,
  mainTableId,
  natId,
  privateSubnetId,
  privateTable,
  privateTableId,
  publicTableId,
  route,
  toNat,
  verify,
} from '../../../../support/fakes/network.ts';

const dead = { State: 'blackhole' } as const;
const deadPeering: Route = { VpcPeeringConnectionId: 'pcx-1', ...dead };
const blackholes = (...routes: Route[]) =>
  verify(routeBlackhole, fakeNetwork({ routeTables: [privateTable(...routes)] }), {}, [privateSubnetId]);

describe('route_blackhole', () => {
  it('passes every table the subnets use when all routes live', async () => {
    const results = await verify(routeBlackhole, fakeNetwork());
    expect(results.map(({ status, resourceId }) => [status, resourceId])).toEqual([
      ['passed', privateTableId],
      ['passed', publicTableId],
    ]);
  });

  it.each(['blackhole', 'filtered'] as const)('fails a default route that is %s', async (State) => {
    const results = await blackholes(defaultRoute({ ...toNat, State }));
    expect(results).toMatchObject([
      {
        status: 'failed',
        resourceId: privateTableId,
        details: { destination: '0.0.0.0/0', target: natId, state: State },
      },
    ]);
    expect(results[0]?.message).toContain('internet traffic is dropped');
  });

  it('fails each dead half of a split default', async () => {
    const results = await blackholes(route('0.0.0.0/1', toNat), route('128.0.0.0/1', { ...toNat, ...dead }));
    expect(results).toMatchObject([{ status: 'failed', details: { destination: '128.0.0.0/1' } }]);
  });

  it('warns about a dead default that a living route of the same prefix outranks', async () => {
    const propagated = defaultRoute({ GatewayId: 'vgw-1', Origin: 'EnableVgwRoutePropagation', ...dead });
    const results = await blackholes(propagated, defaultRoute(toNat));
    expect(results).toMatchObject([{ status: 'warning', details: { target: 'vgw-1' } }]);
  });

  it.each<[string, Route]>([
    ['10.9.0.0/16', route('10.9.0.0/16', deadPeering)],
    ['fd00:9::/56', { DestinationIpv6CidrBlock: 'fd00:9::/56', ...deadPeering }],
    // Holds one of the sampled addresses, yet most of the internet goes by the default.
    ['52.94.0.0/16', route('52.94.0.0/16', deadPeering)],
  ])('warns about a dead route for %s next to a living default', async (destination, deadRoute) => {
    const results = await blackholes(defaultRoute(toNat), deadRoute);
    expect(results).toMatchObject([
      { status: 'warning', resourceId: privateTableId, details: { destination, state: 'blackhole' } },
    ]);
    expect(results[0]?.message).toContain(destination);
  });

  it.each<[string, Route]>([
    ['among the nodes', route('10.0.5.0/24', deadPeering)],
    ['to an AWS service', { DestinationPrefixListId: 'pl-63a5400a', GatewayId: 'vpce-1', ...dead }],
  ])('fails a dead route by which traffic %s is dropped', async (what, deadRoute) => {
    const results = await blackholes(defaultRoute(toNat), deadRoute);
    expect(results).toMatchObject([
      { status: 'failed', message: expect.stringContaining(`traffic ${what}`) },
    ]);
  });

  it('only warns about a dead default when the cluster wants no way out', async () => {
    const network = fakeNetwork({ routeTables: [privateTable(defaultRoute({ ...toNat, ...dead }))] });
    const results = await verify(routeBlackhole, network, { zero_egress: true }, [privateSubnetId]);
    expect(results).toMatchObject([{ status: 'warning' }]);
  });

  it('reports every dead route, not just the first', async () => {
    const results = await blackholes(
      defaultRoute({ ...toNat, ...dead }),
      route('10.9.0.0/16', deadPeering),
      route('10.8.0.0/16', toNat),
    );
    expect(results.map(({ status, details }) => [status, details?.destination])).toEqual([
      ['failed', '0.0.0.0/0'],
      ['warning', '10.9.0.0/16'],
    ]);
  });

  it('reports a table that two subnets share once', async () => {
    const network = fakeNetwork({ routeTables: [mainTable(defaultRoute(toNat))] });
    const results = await verify(routeBlackhole, network);
    expect(results.map(({ resourceId }) => resourceId)).toEqual([mainTableId]);
  });

  it('says nothing of tables the subnets do not use', async () => {
    const routeTables = [privateTable(defaultRoute(toNat)), mainTable(defaultRoute({ ...toNat, ...dead }))];
    const results = await verify(routeBlackhole, fakeNetwork({ routeTables }), {}, [privateSubnetId]);
    expect(results).toMatchObject([{ status: 'passed', resourceId: privateTableId }]);
  });
});
