import type { Placed } from './boxes.ts';
import type { LaneAt } from './routes.ts';
import { bundles } from './tracks.ts';
import { pitch, type Zone } from './zones.ts';

/** Where the first of the lanes is that do not belong to a zone. */
export interface LaneStarts {
  top: number;
  regional: number;
  middle: number;
  bottom: number;
  side: number;
}

/** Before the left side of an endpoint. */
const beforeEndpoint = 14;
const fromZoneEdge = 12;

/**
 * Says where each lane is.
 * @param things those whose own lane leads to them
 */
export function lanePlaces(
  starts: LaneStarts,
  zones: readonly Zone[],
  things: readonly Placed[],
  parallels: ReadonlyMap<string, string[]>,
): LaneAt {
  const places = new Map([
    ...Object.entries(starts),
    ...zones.map(({ name, x }) => [bundles.left(name), x + fromZoneEdge] as const),
    ...zones.map(({ name, x, width }) => [bundles.right(name), x + width - fromZoneEdge] as const),
    ...things.map(({ id, x }) => [bundles.column(id), x - beforeEndpoint] as const),
  ]);
  const inwards = new Set(zones.map(({ name }) => bundles.right(name)));
  return ({ bundle, to }) => {
    const offset = (parallels.get(bundle)?.indexOf(to) ?? 0) * pitch;
    return (places.get(bundle) ?? 0) + (inwards.has(bundle) ? -offset : offset);
  };
}
