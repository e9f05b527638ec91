import type { NetworkTopology } from '../../../schemas/generated/network-verifier-result.js';
import type { ReportFinding } from '../report.ts';
import type { Way } from '../ways.ts';
import { type Frame, frameOf } from './frame.ts';
import { internet, type Journey, journeyOf, type Leg, legsOf } from './journeys.ts';
import { crossOf, type DrawnWay, stubOf } from './marks.ts';
import { type Network, networkOf } from './network.ts';
import { type Route, routeOf } from './routes.ts';
import type { Thing } from './thing.ts';
import { thingsOf } from './things.ts';
import { parallelsOf, type Track, trackOf } from './tracks.ts';

/** A network with everything in its place. */
export interface Drawing extends Omit<Frame, 'laneAt'> {
  network: Network;
  /** Where default routes lead, from each subnet and working NAT gateway, and the internet gateways to the Internet. */
  routes: Route[];
  ways: DrawnWay[];
}

/** Where internet traffic is sent to, from thing to thing. */
function defaultLegs(network: Network): Leg[] {
  const working = network.nat_gateways.filter(({ state }) => state === 'available');
  const senders = [...network.subnets, ...working].map(({ id }) => id);
  const routed = senders.flatMap((from) => {
    const to = network.defaultRouteOf(from)?.target_id;
    return to && to !== from ? [{ from, to }] : [];
  });
  return [...routed, ...network.internet_gateways.map(({ id }) => ({ from: id, to: internet }))];
}

const keyOf = ({ from, to }: Leg): string => `${from} ${to}`;

/** How each of the connections runs that can be drawn, each once. */
function tracksOf(legs: readonly Leg[], things: ReadonlyMap<string, Thing>): Track[] {
  const each = new Map(legs.map((leg) => [keyOf(leg), leg]));
  return [...each.values()].flatMap(({ from, to }) => {
    const [one, other] = [things.get(from), things.get(to)];
    return (one && other && trackOf(one, other)) ?? [];
  });
}

/**
 * Works out where everything stands: a pure function of what is drawn, so that equal networks look the same.
 * @param findings whose worst state is marked at what they are about
 */
export function layOut(
  topology: NetworkTopology,
  ways: readonly Way[],
  findings: readonly ReportFinding[],
): Drawing {
  const network = networkOf(topology);
  const journeys = ways.map((way) => journeyOf(network, way));
  const things = thingsOf(network, journeys, findings);
  const defaults = defaultLegs(network);
  const tracks = tracksOf([...defaults, ...journeys.flatMap(legsOf)], things);
  const { laneAt, ...frame } = frameOf([...things.values()], parallelsOf(tracks));

  const routes = new Map(
    tracks.flatMap((track) => {
      const [from, to] = [frame.things.get(track.from), frame.things.get(track.to)];
      return from && to ? [[keyOf(track), routeOf(track, from, to, laneAt)] as const] : [];
    }),
  );
  const routesAlong = (legs: readonly Leg[]): Route[] => legs.flatMap((leg) => routes.get(keyOf(leg)) ?? []);
  const drawn = (journey: Journey): DrawnWay => {
    const along = routesAlong(legsOf(journey));
    const at = frame.things.get(journey.block?.at ?? '');
    return {
      ...journey,
      routes: along,
      ...(at && { stub: stubOf(journey, along, at), cross: crossOf(journey, along, at) }),
    };
  };
  return { ...frame, network, routes: routesAlong(defaults), ways: journeys.map(drawn) };
}
