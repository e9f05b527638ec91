import type { Observer } from '../../../shared/reconcile/distribute.ts';
import type { Controllers } from '../../../shared/reconcile/driver.ts';
import type { WorkQueue } from '../../../shared/reconcile/reconcile.ts';
import type { Rules } from '../../../shared/resources/kind-rules.ts';
import type { Resource } from '../../../shared/resources/resource.ts';
import type { ResourceStore } from '../../../shared/resources/resource-store.ts';
import type { Call, PlannedCrash } from './attempt.ts';
import type { Climate } from './climate.ts';
import type { Random } from './random.ts';

/** What is outside of the system, such as AWS. */
export interface World {
  /** Grows with every change of it. */
  readonly changes: number;
  /** When the last has arrived of what is on its way by itself. */
  readonly settlesAt: Date;
}

/** What an invocation works with. Nothing else may be waited for: no timers, no network, no files. */
export interface Hands<W extends World> {
  store: ResourceStore;
  queue: WorkQueue;
  world: W;
  /** For the ports of the world: each of their methods is one call. */
  call: Call;
  now(): Date;
  /** In place of Math.random, so that the run can be repeated. */
  random: Random;
}

/** What invariants look at: everything as it is in truth, which no invocation may see. */
export interface View<W extends World> {
  world: W;
  now(): Date;
  /** The resources of a kind, as they are stored. Do not change them. */
  resources<R extends Resource>(kind: string): R[];
}

/** Something that must hold. */
export interface Invariant<W extends World> {
  name: string;
  /** `always`: after every step. `at the end`: when all is quiet. */
  holds: 'always' | 'at the end';
  /** Says what is wrong; undefined when nothing is. */
  violation(view: View<W>): string | undefined;
}

/** What people do in a run. */
export interface Plan<W extends World> {
  /** Drawn for this run: use it to do other things in other runs. */
  random: Random;
  /** Has something done at a time, all at once and without trouble. @param seconds since the beginning */
  at(seconds: number, what: string, act: (hands: { store: ResourceStore; world: W }) => unknown): void;
}

/** A system, and what it has to stand. */
export interface Simulated<W extends World> {
  seed: number;
  world(given: { now(): Date; random: Random }): W;
  /** Made anew after each crash, for each worker its own: what they keep in memory is lost with it. */
  controllers(hands: Hands<W>): Controllers;
  /** Are shown each change of a resource, in order, some of them more than once. */
  observers?(hands: Hands<W>): readonly Observer[];
  /** Of the kinds, as the store has them. */
  rules?: Rules;
  scenario(plan: Plan<W>): void;
  invariants: readonly Invariant<W>[];
  /** How many reconcile side by side. Two unless given. */
  workers?: number;
  /** Drawn by the seed unless given. */
  climate?: Climate;
  /** In place of drawn troubles. */
  plannedCrash?: PlannedCrash;
  /** Seconds without a change after which all is quiet; longer than any wait of the controllers. One hour unless given. */
  quietSeconds?: number;
  /** Calls and other steps after which it will never be quiet. 20,000 unless given. */
  mostSteps?: number;
}

/** What has become of a run. */
export interface Outcome<W extends World> extends View<W> {
  steps: number;
  calls: number;
  /** Virtual seconds until it was quiet. */
  seconds: number;
  trace(): string[];
}
