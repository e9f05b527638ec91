import type { Box, Placed } from './boxes.ts';
import type { Lane, Track } from './tracks.ts';

export interface Point {
  x: number;
  y: number;
}

/** A connection in its place. */
export interface Route {
  from: string;
  to: string;
  points: Point[];
}

/** Where a lane is: its x when it is upright, its y when it is level. */
export type LaneAt = (lane: Lane) => number;

const middleOf = ({ x, width }: Box): number => x + width / 2;

/** Where a connection leaves its thing. */
export function exitOf(thing: Placed, exit: Track['exit']): Point {
  switch (exit) {
    case 'left':
      return { x: thing.x, y: thing.portY };
    case 'right':
      return { x: thing.x + thing.width, y: thing.portY };
    case 'top':
      return { x: middleOf(thing), y: thing.y };
    case 'bottom':
      return { x: middleOf(thing), y: thing.y + thing.height };
  }
}

/** Runs along the lanes from where a connection leaves one thing to where it enters the other. */
export function routeOf(track: Track, from: Placed, to: Placed, laneAt: LaneAt): Route {
  const start = exitOf(from, track.exit);
  if (track.lanes.length === 0 && track.exit === 'top') {
    return { ...endsOf(track), points: [start, { x: start.x, y: to.y + to.height }] };
  }
  let upright = track.exit === 'left' || track.exit === 'right';
  const points = [start];
  let { x, y } = start;
  for (const lane of track.lanes) {
    if (upright) x = laneAt(lane);
    else y = laneAt(lane);
    points.push({ x, y });
    upright = !upright;
  }
  // A level lane last: from below. An upright one: from the left.
  if (upright) points.push({ x: middleOf(to), y }, { x: middleOf(to), y: to.y + to.height });
  else points.push({ x, y: to.portY }, { x: to.x, y: to.portY });
  return { ...endsOf(track), points: withoutDoubles(points) };
}

const endsOf = ({ from, to }: Track) => ({ from, to });

const withoutDoubles = (points: Point[]): Point[] =>
  points.filter((point, index) => {
    const before = points[index - 1];
    return before?.x !== point.x || before.y !== point.y;
  });
