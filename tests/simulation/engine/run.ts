import { keyOf } from '../../../shared/resources/resource.ts';
import { SimulationFailure } from './failure.ts';
import type { Invariant, Outcome, Simulated, View, World } from './simulation.ts';
import { Stage } from './stage.ts';
import { StreamReader } from './stream-reader.ts';
import { Workers } from './workers.ts';

/** Seconds between sweeps. */
const sweepSeconds = 300;

const usualQuietSeconds = 3_600;
const usualMostSteps = 20_000;

/** One run of a simulated system. */
export class Run<W extends World> {
  readonly #simulated: Simulated<W>;
  readonly #stage: Stage<W>;
  readonly #workers: Workers<W>;
  readonly #reader: StreamReader<W>;
  readonly #view: View<W>;
  #actsToCome = 0;
  #lastChange = { number: 0, at: new Date(0) };

  constructor(simulated: Simulated<W>) {
    this.#simulated = simulated;
    const stage = new Stage(simulated);
    this.#stage = stage;
    this.#workers = new Workers(stage);
    this.#reader = new StreamReader(stage);
    const { world, agenda, stream } = stage;
    this.#view = { world, now: agenda.now, resources: (kind) => stream.resourcesOf([kind]) as never };
  }

  /** @throws SimulationFailure */
  async toTheEnd(): Promise<Outcome<W>> {
    const { agenda, trace, surroundings } = this.#stage;
    this.#begin();
    let steps = 0;
    while (!this.#isQuiet()) {
      await this.#step();
      steps += 1;
      this.#check('always');
      if (steps >= (this.#simulated.mostSteps ?? usualMostSteps)) {
        this.#stage.problem ??= {
          what: `not quiet after ${steps} steps: something changes, or fails, for ever`,
        };
      }
      this.#stopAtProblem();
    }
    this.#check('at the end');
    this.#stopAtProblem();
    const { calls } = surroundings;
    return { ...this.#view, steps, calls, seconds: agenda.seconds, trace: () => trace.lines() };
  }

  #begin(): void {
    const { agenda, trace, store, world, random, simulated } = this.#stage;
    simulated.scenario({
      random: random.fork(),
      at: (seconds, what, act) => {
        this.#actsToCome += 1;
        agenda.in(seconds, async () => {
          trace.add('people', what);
          await act({ store, world });
          this.#actsToCome -= 1;
        });
      },
    });
    agenda.in(sweepSeconds, () => this.#sweep());
  }

  #sweep(): void {
    const { agenda, work, stream } = this.#stage;
    work.addForSure(stream.resourcesOf(this.#workers.kinds).map(keyOf));
    agenda.in(sweepSeconds, () => this.#sweep());
  }

  async #step(): Promise<void> {
    const { agenda, attempts, stream, work } = this.#stage;
    await agenda.take()?.run();
    // When this returns, whatever can go on without another call has gone on.
    await new Promise((resolve) => setImmediate(resolve));
    for (const attempt of attempts) {
      if (attempt.isStuck) {
        this.#stage.problem ??= { what: 'an invocation waits for something that is not one of its calls' };
      }
      if (!attempt.isRunning) attempts.delete(attempt);
    }
    const changed = stream.read().filter(({ kind }) => this.#workers.kinds.includes(kind));
    work.add(changed.map((resource) => ({ key: keyOf(resource), afterSeconds: 0 })));
    this.#reader.look();
  }

  /** Nothing has changed for long, nothing is on its way, and every resource was looked at meanwhile. */
  #isQuiet(): boolean {
    const { agenda, stream, work, world, surroundings } = this.#stage;
    const { quietSeconds = usualQuietSeconds } = this.#simulated;
    if (this.#actsToCome > 0 || !work.isEmpty || !stream.isShown) return false;
    const troubleEndsAt = agenda.at(surroundings.climate.troubleEndsAfter);
    const since = Math.max(Number(troubleEndsAt), Number(world.settlesAt), Number(this.#lastChange.at));
    if (Number(agenda.now()) - since < quietSeconds * 1_000) return false;
    const resources = stream.resourcesOf(this.#workers.kinds);
    return resources.every((resource) => this.#workers.isUpToDate(keyOf(resource), new Date(since)));
  }

  #check(holds: Invariant<W>['holds']): void {
    const { changes, agenda, trace } = this.#stage;
    if (holds === 'always' && changes === this.#lastChange.number) return;
    if (changes !== this.#lastChange.number) {
      this.#lastChange = { number: changes, at: agenda.now() };
      trace.mark();
    }
    for (const invariant of this.#simulated.invariants) {
      if (holds === 'always' && invariant.holds !== 'always') continue;
      const violation = invariant.violation(this.#view);
      if (violation) this.#stage.problem ??= { what: `${invariant.name}: ${violation}` };
    }
  }

  #stopAtProblem(): void {
    const { problem, trace } = this.#stage;
    if (!problem) return;
    throw new SimulationFailure(this.#simulated.seed, problem.what, trace, { cause: problem.cause });
  }
}
