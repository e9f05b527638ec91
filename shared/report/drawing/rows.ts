import { type Box, gap, heightOf, type Placed, placed } from './boxes.ts';
import type { Thing } from './thing.ts';

/** Width of gateways, wherever they stand. */
export const gatewayWidth = 196;
const endpointWidth = 200;
/** Between columns of endpoints, where connections to them run. */
const endpointGap = 28;

export const rowWidth = (count: number): number => Math.max(0, count * (gatewayWidth + gap) - gap);

export const tallest = (things: readonly Thing[]): number => Math.max(0, ...things.map(heightOf));

/** The lowest end of some boxes. */
export const lowestOf = (boxes: readonly Box[], least: number): number =>
  Math.max(least, ...boxes.map(({ y, height }) => y + height));

/** Gateways beside each other, around a center. */
export const inRow = (things: readonly Thing[], { center, y }: { center: number; y: number }): Placed[] =>
  things.map((thing, index) => {
    const x = center - rowWidth(things.length) / 2 + index * (gatewayWidth + gap);
    return placed(thing, { x, y, width: gatewayWidth, height: heightOf(thing) });
  });

/** Gateways below each other. */
export function inColumn(things: readonly Thing[], { x, y }: { x: number; y: number }): Placed[] {
  let top = y;
  return things.map((thing) => {
    const box = { x, y: top, width: gatewayWidth, height: heightOf(thing) };
    top += box.height + gap;
    return placed(thing, box);
  });
}

/** Endpoints in as many columns as fit between left and right, which are in their middle. */
export function inGrid(things: readonly Thing[], span: { left: number; right: number; y: number }): Placed[] {
  const pitch = endpointWidth + endpointGap;
  const columns = Math.max(1, Math.min(things.length, Math.floor((span.right - span.left) / pitch)));
  const left =
    Math.max(span.left, (span.left + span.right - columns * pitch - endpointGap) / 2) + endpointGap;
  const height = tallest(things);
  return things.map((thing, index) => {
    const x = left + (index % columns) * pitch;
    const y = span.y + Math.floor(index / columns) * (height + gap);
    return placed(thing, { x, y, width: endpointWidth, height });
  });
}
