import type { Route } from '@aws-sdk/client-ec2';
import { answers, https, theInternet } from '../flows.ts';
import { internetRoutes, isActive, targetOf } from '../routing.ts';
import { border, type Segment, tableOf, theNodes } from './borders.ts';
import { beyond } from './elsewhere.ts';
import { throughNat } from './gateways.ts';
import type { Surroundings } from './surroundings.ts';
import { at, follow, type Hop, type Way, worstOf } from './way.ts';

const toNat = (tableId: string, verb: 'create' | 'replace', destination = '0.0.0.0/0'): string =>
  `Run: aws ec2 ${verb}-route --route-table-id ${tableId} --destination-cidr-block ${destination} --nat-gateway-id <nat>`;

/** The route that traffic to a part of the internet takes. */
function taken(tableId: string, route: Route | undefined, zeroEgress: boolean): Hop {
  const here = at('out', 'route', tableId);
  if (!route) return here.blocked('has no route to all of the internet', toNat(tableId, 'create'));
  const { id } = targetOf(route);
  if (!isActive(route)) {
    return here.blocked(
      `sends internet traffic to ${id}, which is gone (${route.State})`,
      toNat(tableId, 'replace', route.DestinationCidrBlock),
    );
  }
  const leaves = zeroEgress ? ', which zero egress is meant to rule out' : '';
  return here.open(`sends internet traffic to ${id}${leaves}`);
}

/** Out by one route of the nodes' table and back. */
function* by(world: Surroundings, nodes: Segment, tableId: string, route: Route | undefined): Iterable<Hop> {
  const { kind, id } = route ? targetOf(route) : { kind: 'unknown', id: '' };
  const nat = kind === 'nat-gateway' ? id : undefined;
  const natSubnet = world.natGateways.find(({ NatGatewayId }) => NatGatewayId === nat)?.SubnetId;
  const crosses = natSubnet !== nodes.id;
  yield* theNodes(nodes);
  if (crosses) yield border(world, 'out', nodes, https('outbound', theInternet));
  yield taken(tableId, route, world.zeroEgress);
  if (nat !== undefined) yield* throughNat(world, nodes, nat);
  else if (route) yield* beyond(world, nodes, route, tableId);
  if (crosses) yield border(world, 'back', nodes, answers('inbound', theInternet));
}

/** Where there is no route, what nodes send to their proxy is all that leaves. */
const toProxy = (nodes: Segment, tableId: string): Hop[] => [
  ...theNodes(nodes),
  at('out', 'route', tableId).unknown(
    'has no route to the internet; the way to the proxy, and from there, cannot be seen here',
    'Make sure that nodes reach the proxy',
  ),
];

/** The way from a subnet to hosts of the internet and back: the worst where its table has several routes there. */
export function internetWay(world: Surroundings, nodes: Segment): Way {
  const table = tableOf(world, nodes.id);
  if (!table) return follow([at('out', 'route', nodes.id).hidden('has no route table that AWS shows')]);
  const tableId = table.RouteTableId ?? '';
  const routes = internetRoutes(table);
  if (world.proxy && routes.every((route) => route === undefined)) return follow(toProxy(nodes, tableId));
  return worstOf(routes.map((route) => follow(by(world, nodes, tableId, route))));
}
