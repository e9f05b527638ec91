import { internet, type Leg } from './journeys.ts';
import type { Thing } from './thing.ts';

/**
 * A line that connections run along, and which of its parallels: upright ones at the left and right of a zone's
 * subnets, at the side and beside endpoints; level ones above, between and below the subnets.
 */
export interface Lane {
  /** `left us-east-1a`, `top`, …: the bundle of parallels. */
  bundle: string;
  /** What the parallel leads to: connections to the same thing share it. */
  to: string;
}

export const bundles = {
  left: (zone = '') => `left ${zone}`,
  right: (zone = '') => `right ${zone}`,
  column: (id: string) => `column ${id}`,
  top: 'top',
  regional: 'regional',
  middle: 'middle',
  bottom: 'bottom',
  side: 'side',
} as const;

/** The side of its box that a connection leaves a thing by. */
type Exit = 'left' | 'right' | 'top' | 'bottom';

/** How a connection runs: the lanes one after the other, upright and level in turn. */
export interface Track extends Leg {
  exit: Exit;
  lanes: Lane[];
}

const isSubnet = ({ subnetId, spot }: Thing): boolean => spot === 'zone' && subnetId === undefined;

/** Connections to all endpoints share their lanes: only those of ways are drawn. */
const endpoints = 'endpoints';

/** Where connections that come along an upright lane of a zone go on, by the spot of what they lead to. */
function inwards(from: Thing, to: Thing): Lane[] {
  switch (to.spot) {
    case 'zone': {
      const last = { bundle: bundles.left(to.zone), to: to.id };
      return isSubnet(from) && from.zone === to.zone ? [] : [{ bundle: bundles.middle, to: to.id }, last];
    }
    case 'regional':
      return [{ bundle: bundles.regional, to: to.id }];
    case 'side':
      return [
        { bundle: bundles.middle, to: to.id },
        { bundle: bundles.side, to: to.id },
      ];
    default:
      return [
        { bundle: bundles.bottom, to: endpoints },
        { bundle: bundles.column(to.id), to: to.id },
      ];
  }
}

/** From the row of regional NAT gateways. */
function fromRegional(from: Thing, to: Thing): Track | undefined {
  const ends = { from: from.id, to: to.id };
  if (to.spot === 'top') return { ...ends, exit: 'top', lanes: [{ bundle: bundles.top, to: to.id }] };
  if (to.spot !== 'side') return undefined;
  const lanes = [bundles.regional, bundles.side].map((bundle) => ({ bundle, to: to.id }));
  return { ...ends, exit: 'bottom', lanes };
}

/** From a subnet or from a NAT gateway in one. */
function fromZone(from: Thing, to: Thing): Track {
  const ends = { from: from.id, to: to.id };
  if (to.spot === 'top') {
    const lanes = [bundles.right(from.zone), bundles.top].map((bundle) => ({ bundle, to: to.id }));
    return { ...ends, exit: 'right', lanes };
  }
  const exit = isSubnet(from) ? 'left' : 'right';
  const lane = { bundle: bundles[exit](from.zone), to: to.spot === 'bottom' ? endpoints : to.id };
  return { ...ends, exit, lanes: [lane, ...inwards(from, to)] };
}

/** How a connection runs; undefined for one that cannot be, such as from an internet gateway to a subnet. */
export function trackOf(from: Thing, to: Thing): Track | undefined {
  if (to.id === internet) {
    return from.spot === 'top' ? { from: from.id, to: to.id, exit: 'top', lanes: [] } : undefined;
  }
  if (from.spot === 'zone') return fromZone(from, to);
  return from.spot === 'regional' ? fromRegional(from, to) : undefined;
}

/** Which parallels each bundle of lanes has, in order. */
export function parallelsOf(tracks: readonly Track[]): Map<string, string[]> {
  const parallels = new Map<string, string[]>();
  for (const { bundle, to } of tracks.flatMap(({ lanes }) => lanes)) {
    const known = parallels.get(bundle) ?? [];
    if (!known.includes(to)) parallels.set(bundle, [...known, to]);
  }
  return parallels;
}
