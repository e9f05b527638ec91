import type { CheckStatus } from '../../../schemas/generated/check.js';
import { type ReportFinding, statusOrder } from '../report.ts';
import { type Block, internet, type Journey } from './journeys.ts';
import type { Network } from './network.ts';
import type { Row, Thing } from './thing.ts';
import { edgeThings, natThings, otherThings, row, subnetThing } from './thing-kinds.ts';

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
