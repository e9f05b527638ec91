import type { Random } from './random.ts';

/** How often things go wrong in a run. All but the last are probabilities. */
export interface Climate {
  /** Of a call: the invocation ends before it, or after it has taken effect. */
  crash: number;
  /** Of a call: it takes effect, and its answer is lost. */
  lostAnswer: number;
  /** Of a call: it is refused with nothing done, as AWS is limiting calls. */
  throttled: number;
  /** Of a call: it takes seconds. */
  slow: number;
  /** Of an event or a timer: it never comes; a sweep makes up for it. */
  lostEvent: number;
  /** Of an event or a timer: it comes twice. */
  duplicate: number;
  /** Of an event: it takes up to a minute. */
  lateEvent: number;
  /** Of a change: the table's indexes show it after up to 15 seconds; otherwise within one. */
  lateIndex: number;
  /** Seconds until nothing goes wrong any more. What takes its time goes on doing so. */
  troubleEndsAfter: number;
}

/** Nothing goes wrong. */
export const calm: Climate = {
  crash: 0,
  lostAnswer: 0,
  throttled: 0,
  slow: 0,
  lostEvent: 0,
  duplicate: 0,
  lateEvent: 0,
  lateIndex: 0,
  troubleEndsAfter: 0,
};

/** A climate of a seed's own: each trouble is left out of some, so that it does not hide what another would show. */
export function drawClimate(random: Random): Climate {
  const upTo = (most: number): number => (random.chance(0.35) ? 0 : random.between(0, most));
  return {
    crash: upTo(0.1),
    lostAnswer: upTo(0.1),
    throttled: upTo(0.15),
    slow: upTo(0.1),
    lostEvent: upTo(0.5),
    duplicate: upTo(0.3),
    lateEvent: upTo(0.3),
    lateIndex: upTo(0.3),
    troubleEndsAfter: random.between(300, 1_500),
  };
}
