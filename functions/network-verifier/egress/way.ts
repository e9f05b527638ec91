import type {
  EgressHop,
  EgressPath,
  ReasonCode,
} from '../../../schemas/generated/network-verifier-result.js';

/** One hop of a way, and what to do about it. */
export interface Hop extends EgressHop {
  /** What to do when it blocks, or to find out what cannot be seen: an imperative. */
  remedy?: string;
  /** Why nothing can be said of it. */
  reason?: ReasonCode;
}

/** A way through the network, hop by hop; nothing follows a hop that blocks. */
export interface Way {
  hops: Hop[];
  verdict: EgressPath['verdict'];
}

/** Says what a resource does to traffic, by a predicate of which it is the subject: `drops HTTPS by rule 90`. */
export function at(direction: Hop['direction'], kind: Hop['kind'], id: string | undefined) {
  const place = { direction, kind, resource_id: id ?? 'unknown' };
  return {
    open: (note: string): Hop => ({ ...place, verdict: 'open', note }),
    blocked: (note: string, remedy: string): Hop => ({ ...place, verdict: 'blocked', note, remedy }),
    unknown: (note: string, remedy: string, reason: ReasonCode = 'not_verifiable'): Hop => ({
      ...place,
      verdict: 'unknown',
      note,
      remedy,
      reason,
    }),
    /** AWS does not show it. */
    hidden: (note: string): Hop => ({ ...place, verdict: 'unknown', note, reason: 'value_absent' }),
  };
}

const worstFirst: Way['verdict'][] = ['blocked', 'unknown', 'open'];

const verdictOf = (parts: { verdict: Way['verdict'] }[]): Way['verdict'] =>
  worstFirst.find((verdict) => parts.some((part) => part.verdict === verdict)) ?? 'open';

/** Follows a way up to the hop that blocks it. */
export function follow(way: Iterable<Hop>): Way {
  const hops: Hop[] = [];
  for (const hop of way) {
    hops.push(hop);
    if (hop.verdict === 'blocked') break;
  }
  return { hops, verdict: verdictOf(hops) };
}

/** Of ways that traffic is spread over, the one that stops most of it; the first of equals. */
export function worstOf(ways: Way[]): Way {
  const worst = verdictOf(ways);
  return ways.find(({ verdict }) => verdict === worst) ?? follow([]);
}

/** The hop that a way's verdict comes from, unless the way is open. */
export const decisiveHop = ({ hops, verdict }: Way): Hop | undefined =>
  verdict === 'open' ? undefined : hops.find((hop) => hop.verdict === verdict);
