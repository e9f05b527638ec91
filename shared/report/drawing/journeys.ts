import type { EgressHop } from '../../../schemas/generated/network-verifier-result.js';
import { blockOf, type Way } from '../ways.ts';
import type { Network } from './network.ts';

/** A way as it is drawn: the things it passes, and where it ends. */
export interface Journey {
  way: Way;
  /** Ids of the things it passes, its subnet first. */
  stops: string[];
  block?: Block;
}

/** Where a way is blocked. */
export interface Block {
  hop: EgressHop;
  /** Id of the thing the mark stands at. */
  at: string;
  /** enter: the thing itself lets nothing in. leave: something at it, such as its subnet's network ACL, is in the way. */
  side: 'enter' | 'leave';
  /** Where the traffic would have gone from there, when the routes say so. */
  next?: string;
}

const stopKinds: readonly EgressHop['kind'][] = [
  'nat-gateway',
  'internet-gateway',
  'transit-gateway',
  'vpc-endpoint',
  'other-target',
];

export const isStop = ({ kind }: EgressHop): boolean => stopKinds.includes(kind);

/** The id that stands for all that is beyond the internet gateways. */
export const internet = 'internet';

/** A request is blocked at the last thing it has passed, or at the next when the ACL is that one's. */
function blockOut(network: Network, stops: string[], hop: EgressHop): Block {
  const at = stops.at(-1) ?? '';
  if (isStop(hop)) return { hop, at, side: 'enter' };
  const next = network.defaultRouteOf(at)?.target_id;
  const isAclOf = (id = '') => network.subnetOf(id)?.network_acl_id === hop.resource_id;
  if (next && hop.kind === 'network-acl' && !isAclOf(at) && isAclOf(next))
    return { hop, at: next, side: 'enter' };
  return { hop, at, side: 'leave', ...(next && { next }) };
}

/** An answer is blocked at a thing of the way out that it has not passed yet: at the one whose ACL it is, if any. */
function blockBack(network: Network, stops: string[], way: Way, hop: EgressHop): Block {
  const passed = way.hops.filter((one) => one.direction === 'back' && isStop(one));
  const known = stops.indexOf(passed.at(-1)?.resource_id ?? '');
  const left = known > 0 ? stops.slice(0, known) : stops;
  const ofAcl = left.findLast((id) => network.subnetOf(id)?.network_acl_id === hop.resource_id);
  return { hop, at: ofAcl ?? left[0] ?? way.subnetId, side: 'leave' };
}

/** Follows a way through the network that is drawn. */
export function journeyOf(network: Network, way: Way): Journey {
  const out = way.hops.filter((hop) => hop.direction === 'out' && isStop(hop));
  const stops = [...new Set([way.subnetId, ...out.map(({ resource_id }) => resource_id)])];
  const hop = blockOf(way);
  if (hop?.direction === 'out') {
    const block = blockOut(network, stops, hop);
    return { way, stops: [...new Set([...stops, block.at])], block };
  }
  const reached = out.at(-1)?.kind === 'internet-gateway' ? [...stops, internet] : stops;
  return { way, stops: reached, ...(hop && { block: blockBack(network, stops, way, hop) }) };
}

/** A connection of two things, by their ids. */
export interface Leg {
  from: string;
  to: string;
}

/** The connections a way is drawn along, with the one it would have taken next. */
export const legsOf = ({ stops, block }: Journey): Leg[] => {
  const all = block?.side === 'leave' && block.next ? [...new Set([...stops, block.next])] : stops;
  return all.slice(1).map((to, index) => ({ from: all[index] ?? '', to }));
};
