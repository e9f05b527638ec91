import type { Trace } from './trace.ts';

/** A run that did not go as it should: what is wrong, and all that led to it. */
export class SimulationFailure extends Error {
  override readonly name = 'SimulationFailure';
  readonly seed: number;
  /** What is violated, in a sentence. */
  readonly what: string;
  readonly trace: string[];
  /** How many lines of the trace there are until the last change of anything. */
  readonly untilLastChange: number;

  constructor(seed: number, what: string, trace: Trace, options?: ErrorOptions) {
    super(`seed ${seed}: ${what}`, options);
    this.seed = seed;
    this.what = what;
    this.trace = trace.lines();
    this.untilLastChange = trace.untilLastChange;
  }
}
