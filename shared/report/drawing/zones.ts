import { groupBy } from '../group-by.ts';
import { type Box, gap, heightOf, inset, type Placed, placed, subnetWidth } from './boxes.ts';
import type { Thing } from './thing.ts';
import { bundles } from './tracks.ts';

/** An availability zone as it is drawn. */
export interface Zone extends Box {
  name: string;
  /** Where its subnets begin. */
  left: number;
}

/** Distance of parallel lanes, and what is left free at the sides of a bundle. */
export const pitch = 9;
const gutterPadding = 18;

/** The room a bundle of lanes takes up. */
export const gutter = (lanes: number): number => Math.max(30, gutterPadding + lanes * pitch + 6);

/** A subnet with the NAT gateways in it. */
interface Stack {
  subnet: Thing;
  nats: Thing[];
}

const header = 34;

const heightOfStack = ({ subnet, nats }: Stack): number =>
  heightOf(subnet) + nats.reduce((height, nat) => height + heightOf(nat) + inset, 0);

const heightOfStacks = (stacks: Stack[]): number =>
  stacks.reduce((height, stack) => height + heightOfStack(stack) + gap, 0);

function placedStack({ subnet, nats }: Stack, x: number, y: number): Placed[] {
  const whole = placed(subnet, { x, y, width: subnetWidth, height: heightOfStack({ subnet, nats }) });
  let top = y + heightOf(subnet);
  const inside = nats.map((nat) => {
    const box = { x: x + inset, y: top, width: subnetWidth - 2 * inset, height: heightOf(nat) };
    top += box.height + inset;
    return placed(nat, box);
  });
  return [whole, ...inside];
}

function placedStacks(stacks: Stack[], x: number, top: number): Placed[] {
  let y = top;
  return stacks.flatMap((stack) => {
    const things = placedStack(stack, x, y);
    y += heightOfStack(stack) + gap;
    return things;
  });
}

/** The zones beside each other, with where the level lanes between public and other subnets are. */
export interface PlacedZones {
  zones: Zone[];
  things: Placed[];
  right: number;
  bottom: number;
  /** Top of the room between public and other subnets. */
  middle: number;
}

/**
 * Puts zones beside each other, by name; in each the public subnets above the others, which begin at one height.
 * @param lanes how many parallels a bundle has
 */
export function placeZones(
  things: readonly Thing[],
  origin: { x: number; y: number },
  lanes: (bundle: string) => number,
): PlacedZones {
  const inZones = things.filter(({ spot }) => spot === 'zone');
  const stacks = inZones
    .filter(({ subnetId }) => subnetId === undefined)
    .map((subnet): Stack => ({ subnet, nats: inZones.filter(({ subnetId }) => subnetId === subnet.id) }));
  const byZone = [...groupBy(stacks, ({ subnet }) => subnet.zone ?? '')].sort(([one], [other]) =>
    one < other ? -1 : 1,
  );
  const kinds = byZone.map(([name, all]) => ({
    name,
    above: all.filter(({ subnet }) => subnet.isPublic),
    below: all.filter(({ subnet }) => !subnet.isPublic),
  }));
  const highest = (heights: number[]): number => Math.max(0, ...heights);
  const middle = origin.y + header + highest(kinds.map(({ above }) => heightOfStacks(above)));
  const between = lanes(bundles.middle) > 0 ? gutter(lanes(bundles.middle)) : gap;
  const lower = middle + between;
  const bottom = lower + highest(kinds.map(({ below }) => heightOfStacks(below)));
  let x = origin.x;
  const zones: Zone[] = [];
  const inPlace: Placed[] = [];
  for (const { name, above, below } of kinds) {
    const left = x + gutter(lanes(bundles.left(name)));
    const right = left + subnetWidth + gutter(lanes(bundles.right(name)));
    zones.push({ name, x, y: origin.y, width: right - x, height: bottom - origin.y, left });
    inPlace.push(...placedStacks(above, left, origin.y + header), ...placedStacks(below, left, lower));
    x = right + gap;
  }
  return { zones, things: inPlace, right: x - gap, bottom, middle };
}
