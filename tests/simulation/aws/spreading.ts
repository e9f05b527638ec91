import type { Random } from '../engine/random.ts';

/** How long things take until they are known everywhere, and what is still on its way. */
export class Spreading {
  readonly now: () => Date;
  readonly random: Random;
  readonly #mostSeconds: number;
  #settlesAt = new Date(0);
  /** How many changes there were. */
  changes = 0;

  constructor(now: () => Date, random: Random, mostSeconds: number) {
    this.now = now;
    this.random = random;
    this.#mostSeconds = mostSeconds;
  }

  get settlesAt(): Date {
    return this.#settlesAt;
  }

  /** A time that is so many seconds away, by which something will have happened. */
  after(seconds: number): Date {
    const at = new Date(this.now().getTime() + seconds * 1_000);
    if (at > this.#settlesAt) this.#settlesAt = at;
    return at;
  }

  /** When a change of now is known everywhere. */
  everywhere(): Date {
    this.changes += 1;
    return this.after(this.random.between(0, this.#mostSeconds));
  }

  /** Whether one who asks now hears of a change: until it is known everywhere, that depends on whom he happens to ask. */
  isHeardOf(everywhereAt: Date): boolean {
    return this.now() >= everywhereAt || this.random.chance(0.5);
  }
}

/** A value whose changes are seen by some who ask, and by others not yet. */
export class Eventual<Value> {
  readonly #spreading: Spreading;
  #before: Value;
  #truth: Value;
  #everywhereAt = new Date(0);

  constructor(spreading: Spreading, value: Value) {
    this.#spreading = spreading;
    this.#before = value;
    this.#truth = value;
  }

  get truth(): Value {
    return this.#truth;
  }

  set(value: Value): void {
    this.#before = this.#truth;
    this.#truth = value;
    this.#everywhereAt = this.#spreading.everywhere();
  }

  /** What one who asks now is told. */
  seen(): Value {
    return this.#spreading.isHeardOf(this.#everywhereAt) ? this.#truth : this.#before;
  }
}

/** Eventual values by name. */
export class EventualMap<Value> {
  readonly #spreading: Spreading;
  readonly #values = new Map<string, Eventual<Value | undefined>>();

  constructor(spreading: Spreading) {
    this.#spreading = spreading;
  }

  truth(name: string): Value | undefined {
    return this.#values.get(name)?.truth;
  }

  seen(name: string): Value | undefined {
    return this.#values.get(name)?.seen();
  }

  set(name: string, value: Value | undefined): void {
    const known = this.#values.get(name) ?? new Eventual<Value | undefined>(this.#spreading, undefined);
    this.#values.set(name, known);
    known.set(value);
  }

  /** What there is in truth. */
  all(): [name: string, value: Value][] {
    return [...this.#values].flatMap(([name, { truth }]): [string, Value][] =>
      truth === undefined ? [] : [[name, truth]],
    );
  }

  /** What one who lists now is told. */
  listed(): [name: string, value: Value][] {
    return [...this.#values].flatMap(([name, value]): [string, Value][] => {
      const seen = value.seen();
      return seen === undefined ? [] : [[name, seen]];
    });
  }
}
