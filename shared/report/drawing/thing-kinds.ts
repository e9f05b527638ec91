import type { TopologySubnet } from '../../../schemas/generated/network-verifier-result.js';
import { isStop, type Journey } from './journeys.ts';
import { type Network, serviceName } from './network.ts';
import type { Font } from './text.ts';
import type { Row, Thing } from './thing.ts';

/** A line of text. */
export const row = (text: string, font: Font = 'note', look: Row['look'] = 'plain'): Row => ({
  text,
  font,
  look,
});

/** A name and, below it, an id; the id alone where there is no name. */
const named = (id: string, name?: string): Row[] =>
  name?.trim() ? [row(name, 'name'), row(id, 'code')] : [row(id, 'code')];

const isGone = (state: string): boolean => !/^(available|active|attached)$/.test(state);

function routeRows(network: Network, { id, route_table_id }: TopologySubnet): Row[] {
  if (!route_table_id) return [row('route table not determined', 'note', 'table')];
  const table = network.route_tables.find((one) => one.id === route_table_id);
  const route = network.defaultRouteOf(id);
  const state = route && route.state !== 'active' ? ` (${route.state})` : '';
  return [
    row(`${table?.name?.trim() || route_table_id}${table?.main ? ' (main)' : ''}`, 'code', 'table'),
    row(route ? `default → ${route.target_id}${state}` : 'no default route', 'code', 'table'),
  ];
}

/** A subnet, with its route table and where that sends internet traffic. */
export const subnetThing = (network: Network, subnet: TopologySubnet): Thing => ({
  id: subnet.id,
  spot: 'zone',
  looks: ['subnet', subnet.kind, ...(subnet.requested ? [] : ['beside'])],
  zone: subnet.zone,
  isPublic: subnet.kind === 'public',
  rows: [
    ...named(subnet.id, subnet.name),
    row(`${subnet.kind} · ${subnet.cidr || 'no IPv4 range'}`),
    ...(subnet.requested ? [] : [row('not asked about')]),
    ...routeRows(network, subnet),
  ],
});

export const natThings = (network: Network): Thing[] =>
  network.nat_gateways.map(({ id, name, state }) => {
    const subnet = network.subnetOf(id);
    return {
      id,
      spot: subnet ? 'zone' : 'regional',
      looks: ['gateway', ...(isGone(state) ? ['gone'] : [])],
      ...(subnet && { zone: subnet.zone, subnetId: subnet.id }),
      rows: [row(`NAT gateway · ${state}`), ...named(id, name)],
    };
  });

/** The gateways at the VPC's edge, and its endpoints. */
export const edgeThings = (network: Network): Thing[] => [
  ...network.internet_gateways.map(
    ({ id }): Thing => ({
      id,
      spot: 'top',
      looks: ['gateway'],
      rows: [row('Internet gateway'), ...named(id)],
    }),
  ),
  ...network.transit_gateways.map(
    ({ id, state }): Thing => ({
      id,
      spot: 'side',
      looks: ['gateway', ...(isGone(state) ? ['gone'] : [])],
      rows: [row(`Transit gateway · ${state}`), ...named(id)],
    }),
  ),
  ...network.endpoints.map(
    ({ id, name, service, type, state }): Thing => ({
      id,
      spot: 'bottom',
      looks: ['endpoint', ...(isGone(state) ? ['gone'] : [])],
      rows: [row(serviceName(service), 'name'), row(`${type} · ${state}`), row(name?.trim() || id, 'code')],
    }),
  ),
];

/** Targets of routes and hops of ways that are none of the topology's things, such as a firewall's interface. */
export function otherThings(
  network: Network,
  journeys: readonly Journey[],
  known: ReadonlySet<string>,
): Thing[] {
  const routes = network.subnets.flatMap(({ id }) => network.defaultRouteOf(id) ?? []);
  const named = [
    ...routes.map(({ target_id, target_kind }) => [target_id, target_kind] as const),
    ...journeys.flatMap(({ way }) =>
      way.hops.filter(isStop).map((hop) => [hop.resource_id, hop.kind] as const),
    ),
  ];
  const others = new Map(named.filter(([id]) => !known.has(id)));
  return [...others].map(([id, kind]) => ({
    id,
    spot: 'side',
    looks: ['gateway'],
    rows: [row(kind.replaceAll('-', ' ')), row(id, 'code')],
  }));
}
