import { type Box, gap, type Placed, placed } from './boxes.ts';
import { lanePlaces } from './lanes.ts';
import type { LaneAt } from './routes.ts';
import { gatewayWidth, inColumn, inGrid, inRow, lowestOf, rowWidth, tallest } from './rows.ts';
import type { Spot, Thing } from './thing.ts';
import { bundles } from './tracks.ts';
import { gutter, type PlacedZones, placeZones } from './zones.ts';

/** Everything but the connections, in its place. */
export interface Frame {
  width: number;
  height: number;
  vpc: Box;
  /** The room for what is said of the VPC itself, at its top left. */
  heading: Box;
  zones: PlacedZones['zones'];
  things: Map<string, Placed>;
  laneAt: LaneAt;
}

type Parallels = ReadonlyMap<string, string[]>;
type BySpot = (spot: Spot) => Thing[];
type Count = (bundle: string) => number;

const margin = 12;
const padding = 18;
const left = margin + padding;
const headingHeight = 62;
const internetHeight = 34;
/** From the Internet to the gateways at the VPC's edge. */
const ascent = 30;
/** The VPC is at least so wide within, for its heading beside the gateways on its edge. */
const narrowest = 660;
/** From the top of the zones to what stands at the side. */
const sideDrop = 34;

/** The heights of what is above the zones. */
function levelsOf(at: BySpot, lanes: Count) {
  const half = tallest(at('top')) / 2;
  const edge = margin + internetHeight + ascent + half;
  const topLanes = edge + Math.max(headingHeight + padding, half);
  const regional = topLanes + gutter(lanes(bundles.top)) - 12;
  const regionalLanes = regional + tallest(at('regional')) + 10;
  const hasLanes = lanes(bundles.regional) > 0;
  const below = hasLanes ? gutter(lanes(bundles.regional)) - 10 : gap - 10;
  return {
    half,
    edge,
    topLanes,
    regional,
    regionalLanes,
    zones: at('regional').length > 0 ? regionalLanes + below : regional,
  };
}

/** Where things are from left to right, for zones that end at a place. */
function spansOf(at: BySpot, lanes: Count, zonesRight: number) {
  const rowOnTop = rowWidth(at('top').length);
  const widest = [narrowest, rowOnTop + narrowest - gatewayWidth, rowWidth(at('regional').length)];
  const right = Math.max(zonesRight, ...widest.map((width) => left + width));
  const side = right + gutter(lanes(bundles.side));
  const hasSide = at('side').length > 0;
  const vpcRight = hasSide ? side + gatewayWidth / 2 : right + padding;
  const width = (hasSide ? side + gatewayWidth : vpcRight) + margin;
  return {
    right,
    shift: (right - zonesRight) / 2,
    side,
    vpcRight,
    center: (margin + vpcRight) / 2,
    width,
    rowOnTop,
  };
}

/** The Internet, as wide as the gateways that lead to it. */
const internetAbove = (things: readonly Thing[], center: number, rowOnTop: number): Placed[] =>
  things.map((thing) => {
    const width = Math.max(gatewayWidth, rowOnTop);
    return placed(thing, { x: center - width / 2, y: margin, width, height: internetHeight });
  });

/**
 * Puts everything into its place: the Internet on top, gateways at the VPC's edge, zones within, endpoints below.
 * @param parallels which parallels each bundle of lanes has
 */
export function frameOf(things: readonly Thing[], parallels: Parallels): Frame {
  const at: BySpot = (spot) => things.filter((thing) => thing.spot === spot);
  const lanes: Count = (bundle) => parallels.get(bundle)?.length ?? 0;
  const levels = levelsOf(at, lanes);
  const spans = spansOf(at, lanes, placeZones(things, { x: left, y: levels.zones }, lanes).right);
  const {
    zones,
    bottom,
    middle,
    things: inZones,
  } = placeZones(things, { x: left + spans.shift, y: levels.zones }, lanes);
  const endpoints = inGrid(at('bottom'), {
    left,
    right: spans.right,
    y: bottom + gutter(lanes(bundles.bottom)),
  });
  const all = [
    ...inZones,
    ...internetAbove(at('outside'), spans.center, spans.rowOnTop),
    ...inRow(at('top'), { center: spans.center, y: levels.edge - levels.half }),
    ...inRow(at('regional'), { center: (left + spans.right) / 2, y: levels.regional }),
    ...inColumn(at('side'), { x: spans.side, y: levels.zones + sideDrop }),
    ...endpoints,
  ];
  const vpcBottom = lowestOf(all, bottom) + padding;
  const starts = {
    top: levels.topLanes,
    regional: levels.regionalLanes,
    middle: middle + 8,
    bottom: bottom + 12,
    side: spans.right + 16,
  };
  return {
    width: spans.width,
    height: vpcBottom + margin,
    vpc: { x: margin, y: levels.edge, width: spans.vpcRight - margin, height: vpcBottom - levels.edge },
    heading: {
      x: left,
      y: levels.edge + 12,
      width: spans.center - spans.rowOnTop / 2 - left - padding,
      height: headingHeight,
    },
    zones,
    things: new Map(all.map((thing) => [thing.id, thing])),
    laneAt: lanePlaces(starts, zones, endpoints, parallels),
  };
}
