import { AwsCallError } from '../../../shared/aws/aws-call-error.ts';
import { Undetermined } from '../../../shared/checks/check.ts';
import type { WorkQueue } from '../../../shared/reconcile/reconcile.ts';
import { ConflictError } from '../../../shared/resources/resource-store.ts';
import { MemoryStore } from '../../support/fakes/memory-store.ts';
import { Agenda } from './agenda.ts';
import { Attempt, type Call, type Surroundings } from './attempt.ts';
import { calm, drawClimate } from './climate.ts';
import { Random } from './random.ts';
import { seenStore } from './seen-store.ts';
import type { Hands, Simulated, World } from './simulation.ts';
import { Stream } from './stream.ts';
import { Trace } from './trace.ts';
import { WorkInWaiting } from './work.ts';

/** What a controller or an observer may be expected to throw. */
const isExpected = (error: unknown): boolean =>
  error instanceof AwsCallError || error instanceof ConflictError || error instanceof Undetermined;

/** An environment that serves one invocation after the other until one of them crashes. */
export interface Place<W extends World> {
  hands: Hands<W>;
  /** Begins an invocation; after a crash the environment is of no more use. */
  begin(who: string, onCrash: () => void): Attempt;
}

/** All that a run is made of. */
export class Stage<W extends World> {
  readonly simulated: Simulated<W>;
  readonly agenda = new Agenda();
  readonly trace = new Trace(this.agenda);
  readonly random: Random;
  readonly store: MemoryStore;
  readonly stream: Stream;
  readonly world: W;
  readonly surroundings: Surroundings;
  readonly work: WorkInWaiting;
  readonly attempts = new Set<Attempt>();
  /** The first thing that went wrong. */
  problem?: { what: string; cause?: unknown };

  constructor(simulated: Simulated<W>) {
    const { agenda, trace } = this;
    const { seed, plannedCrash } = simulated;
    this.simulated = simulated;
    this.random = new Random(seed);
    const drawn = drawClimate(this.random.fork());
    const climate = simulated.climate ?? (plannedCrash ? calm : drawn);
    let ids = 0;
    const indexed = () => this.stream.indexed();
    this.store = new MemoryStore({ now: agenda.now, uuid: () => `id-${++ids}`, indexed }, simulated.rules);
    const lags = this.random.fork();
    const lag = () => (lags.chance(climate.lateIndex) ? lags.between(1, 15) : lags.between(0, 1));
    this.stream = new Stream(this.store.changes, agenda, lag);
    this.world = simulated.world({ now: agenda.now, random: this.random.fork() });
    this.work = new WorkInWaiting(agenda, this.random.fork(), climate);
    const random = this.random.fork();
    this.surroundings = { agenda, random, climate, trace, ...(plannedCrash && { plannedCrash }), calls: 0 };
  }

  /** How often the store or the world was changed. */
  get changes(): number {
    return this.stream.length + this.world.changes;
  }

  place(): Place<W> {
    let attempt: Attempt | undefined;
    const call: Call = (action, effect) => {
      if (!attempt) throw new Error(`${action} was called outside of an invocation`);
      return attempt.call(action, effect);
    };
    const queue: WorkQueue = {
      add: (work) =>
        work.length === 0 ? Promise.resolve() : call('sqs:SendMessage', () => this.work.add(work)),
    };
    const { world, agenda } = this;
    const store = seenStore(this.store, call);
    return {
      hands: { store, queue, world, call, now: agenda.now, random: this.random.fork() },
      begin: (who, onCrash) => {
        attempt = new Attempt(who, this.surroundings, onCrash);
        this.attempts.add(attempt);
        return attempt;
      },
    };
  }

  /** Notes what was thrown, and that it should not have been when it is none of the errors of calls. */
  threw(who: string, error: unknown): void {
    this.trace.add(who, 'threw', String(error));
    if (!isExpected(error)) this.problem ??= { what: `${who} broke: ${error}`, cause: error };
  }
}
