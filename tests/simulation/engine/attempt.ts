import { awsError } from '../../support/fakes/aws-errors.ts';
import type { Agenda } from './agenda.ts';
import type { Climate } from './climate.ts';
import type { Random } from './random.ts';
import type { Trace } from './trace.ts';

/**
 * Makes a call to the world outside: it takes time, others come in between, and it may go wrong.
 * @param action what the trace calls it, such as `iam:CreateUser`
 * @param effect what happens, all at once, in the world
 */
export type Call = <Value>(action: string, effect: () => Value | Promise<Value>) => Promise<Value>;

/** A crash at one call and nowhere else: see `everyCrash`. */
export interface PlannedCrash {
  /** The first call of the run is 1. */
  call: number;
  moment: 'before' | 'after';
}

/** What all attempts of a run share. */
export interface Surroundings {
  agenda: Agenda;
  random: Random;
  climate: Climate;
  trace: Trace;
  plannedCrash?: PlannedCrash;
  /** How many calls were made so far. */
  calls: number;
}

/** Seconds that an invocation may take. */
const invocationSeconds = 300;

type Fate = 'well' | 'crash before' | 'crash after' | 'lost answer' | 'throttled';

/** Why an answer is missing, as the SDK's connection says it. */
const noAnswer = 'TimeoutError';

const codeOf = (error: unknown): string => {
  const { code, name } = error as { code?: string; name?: string };
  return code ?? name ?? 'Error';
};

/** One invocation at work. When it crashes, nothing of it ever goes on. */
export class Attempt {
  readonly #name: string;
  readonly #surroundings: Surroundings;
  readonly #onCrash: () => void;
  readonly #deadline: number;
  #state: 'running' | 'ended' | 'crashed' = 'running';
  #waiting = 0;

  constructor(name: string, surroundings: Surroundings, onCrash: () => void) {
    this.#name = name;
    this.#surroundings = surroundings;
    this.#onCrash = onCrash;
    this.#deadline = surroundings.agenda.seconds + invocationSeconds;
  }

  get isRunning(): boolean {
    return this.#state === 'running';
  }

  /** Whether it has nothing left to wait for, and yet has not come to an end. */
  get isStuck(): boolean {
    return this.isRunning && this.#waiting === 0;
  }

  readonly remainingMs = (): number =>
    Math.max(0, (this.#deadline - this.#surroundings.agenda.seconds) * 1_000);

  end(): void {
    if (this.isRunning) this.#state = 'ended';
  }

  readonly call: Call = (action, effect) =>
    new Promise((resolve, reject) => {
      const { agenda } = this.#surroundings;
      this.#waiting += 1;
      agenda.in(this.#latency(), async () => {
        this.#waiting -= 1;
        await this.#carryOut(action, effect).then(
          (outcome) => outcome && resolve(outcome.value),
          (error) => reject(error),
        );
      });
    });

  #latency(): number {
    const { random, climate } = this.#surroundings;
    return random.chance(climate.slow) && this.#isTroubled()
      ? random.between(1, 8)
      : random.between(0.005, 0.2);
  }

  #isTroubled(): boolean {
    const { agenda, climate } = this.#surroundings;
    return agenda.seconds < climate.troubleEndsAfter;
  }

  #fate(): Fate {
    const { random, climate, plannedCrash, calls } = this.#surroundings;
    if (plannedCrash) return plannedCrash.call === calls ? `crash ${plannedCrash.moment}` : 'well';
    if (agendaIsOver(this.remainingMs())) return 'crash before';
    if (!this.#isTroubled()) return 'well';
    const drawn = random.next();
    const { crash, lostAnswer, throttled } = climate;
    if (drawn < crash) return random.chance(0.5) ? 'crash before' : 'crash after';
    if (drawn < crash + lostAnswer) return 'lost answer';
    return drawn < crash + lostAnswer + throttled ? 'throttled' : 'well';
  }

  /** @returns undefined when nobody is left to hear of it */
  async #carryOut<Value>(
    action: string,
    effect: () => Value | Promise<Value>,
  ): Promise<{ value: Value } | undefined> {
    if (!this.isRunning) return this.#arriveLate(action, effect);
    this.#surroundings.calls += 1;
    const fate = this.#fate();
    if (fate === 'crash before') return this.#crash(action, fate);
    if (fate === 'throttled') throw this.#noted(action, awsError(action, 'ThrottlingException'));
    const value = await Promise.resolve()
      .then(effect)
      .catch((error: unknown) => {
        throw this.#noted(action, error);
      });
    if (fate === 'crash after') return this.#crash(action, fate);
    if (fate === 'lost answer') throw this.#noted(action, awsError(action, noAnswer));
    this.#note(action, '');
    return { value };
  }

  /** What was on its way when the invocation ended may still arrive. */
  async #arriveLate(action: string, effect: () => unknown): Promise<undefined> {
    if (this.#state !== 'crashed' || !this.#surroundings.random.chance(0.5)) return;
    this.#note(action, 'arrives after the crash');
    await Promise.resolve()
      .then(effect)
      .catch(() => {});
  }

  #crash(action: string, fate: Fate): undefined {
    this.#note(action, fate.toUpperCase());
    this.#state = 'crashed';
    this.#onCrash();
  }

  #noted(action: string, error: unknown): unknown {
    this.#note(action, codeOf(error));
    return error;
  }

  #note(action: string, what: string): void {
    this.#surroundings.trace.add(this.#name, action, what);
  }
}

const agendaIsOver = (remainingMs: number): boolean => remainingMs <= 0;
