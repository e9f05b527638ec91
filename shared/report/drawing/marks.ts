import type { Placed } from './boxes.ts';
import type { Journey } from './journeys.ts';
import { exitOf, type Point, type Route } from './routes.ts';

/** A way in its place. */
export interface DrawnWay extends Journey {
  routes: Route[];
  /** A short line that leads nowhere, from a thing that traffic cannot leave. */
  stub?: [Point, Point] | undefined;
  /** Where the mark of the block stands. */
  cross?: Point;
}

const fromBox = 15;

/** The point so far from the first of two towards the second. */
function towards(from: Point, to: Point, distance: number): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const share = Math.min(1, distance / length);
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}

const leaving = ({ block }: Journey, routes: readonly Route[]): Route | undefined =>
  routes.find(({ from }) => block?.side === 'leave' && from === block.at);

const entering = ({ block }: Journey, routes: readonly Route[]): Route | undefined =>
  routes.find(({ to }) => to === block?.at);

/** The line that shows that traffic cannot leave, where no connection leads on. */
export function stubOf(journey: Journey, routes: readonly Route[], at: Placed): [Point, Point] | undefined {
  if (leaving(journey, routes) ?? entering(journey, routes)) return undefined;
  const start = exitOf(at, 'left');
  return [start, { x: start.x - 2 * fromBox + 4, y: start.y }];
}

/** Where the mark of a block stands: on the line, just before or behind the thing. */
export function crossOf(journey: Journey, routes: readonly Route[], at: Placed): Point {
  const [start, second] = leaving(journey, routes)?.points ?? [];
  if (start && second) return towards(start, second, fromBox);
  const [end, before] = [...(entering(journey, routes)?.points ?? [])].reverse();
  if (end && before) return towards(end, before, fromBox);
  const exit = exitOf(at, 'left');
  return { x: exit.x - fromBox, y: exit.y };
}
