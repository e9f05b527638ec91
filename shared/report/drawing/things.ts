import type { CheckStatus } from '../../../schemas/generated/check.js';
import type { TopologySubnet } from '../../../schemas/generated/network-verifier-result.js';
import { type ReportFinding, statusOrder } from '../report.ts';
import { type Block, internet, isStop, type Journey } from './journeys.ts';
import { type Network, serviceName } from './network.ts';
import type { Font } from './text.ts';

/** A line of text of a thing. */
export interface Row {
  text: string;
  font: Font;
  /** How it is set off: a route table and its route stand on a ground of their own, a block is red. */
  look: 'plain' | 'table' | 'block';
}

/** Where a thing belongs; NAT gateways without a subnet are regional and have a row of their own. */
export type Spot = 'outside' | 'top' | 'regional' | 'zone' | 'side' | 'bottom';

/** Something that is drawn as a box. */
export interface Thing {
  id: string;
  spot: Spot;
  /** Class names of the style sheet. */
  looks: string[];
  rows: Row[];
  /** Name of its availability zone, for a subnet and for what is in it. */
  zone?: string;
  /** Id of the subnet it is in, for a NAT gateway. */
  subnetId?: string;
  /** Whether it is one of the subnets above the others, which have a way to an internet gateway. */
  isPublic?: boolean;
  /** The worst of the findings about it, when it is not a passed one. */
  status?: CheckStatus;
}

const row = (text: string, font: Font = 'note', look: Row['look'] = 'plain'): Row => ({ text, font, look });

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

const subnetThing = (network: Network, subnet: TopologySubnet): Thing => ({
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

const natThings = (network: Network): Thing[] =>
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

const edgeThings = (network: Network): Thing[] => [
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
function otherThings(network: Network, journeys: readonly Journey[], known: ReadonlySet<string>): Thing[] {
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

const internetThing: Thing = {
  id: internet,
  spot: 'outside',
  looks: ['internet'],
  rows: [row('Internet', 'name')],
};

/** At most so many blocks are named in one box. */
const namedBlocks = 3;

/** What is in the way at a thing, each once. */
function blockRows(blocks: readonly Block[], id: string): Row[] {
  const here = blocks.filter(({ at }) => at === id).map(({ hop }) => hop.resource_id);
  const names = [...new Set(here)];
  const more =
    names.length > namedBlocks ? [row(`✕ and ${names.length - namedBlocks} more`, 'code', 'block')] : [];
  return [...names.slice(0, namedBlocks).map((name) => row(`✕ ${name}`, 'code', 'block')), ...more];
}

function worstOf(findings: readonly ReportFinding[]): Map<string, CheckStatus> {
  const worstLast = [...statusOrder].reverse();
  const byBadness = [...findings].sort(
    (one, other) => worstLast.indexOf(one.status) - worstLast.indexOf(other.status),
  );
  return new Map(byBadness.map(({ resource_id = '', status }) => [resource_id, status]));
}

/** Everything that is drawn as a box, by id. */
export function thingsOf(
  network: Network,
  journeys: readonly Journey[],
  findings: readonly ReportFinding[],
): Map<string, Thing> {
  const own = [
    ...network.subnets.map((subnet) => subnetThing(network, subnet)),
    ...natThings(network),
    ...edgeThings(network),
  ];
  const known = new Set(own.map(({ id }) => id));
  const outside = network.internet_gateways.length > 0 ? [internetThing] : [];
  const blocks = journeys.flatMap(({ block }) => block ?? []);
  const worst = worstOf(findings);
  const all = [...own, ...otherThings(network, journeys, known), ...outside].map((thing) => {
    const status = worst.get(thing.id);
    const rows = [...thing.rows, ...blockRows(blocks, thing.id)];
    return { ...thing, rows, ...(status && status !== 'passed' && { status }) };
  });
  return new Map(all.map((thing) => [thing.id, thing]));
}
