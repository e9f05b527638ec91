import { dueTime, secondsBetween } from '../../../shared/reconcile/due-time.ts';
import type { Work } from '../../../shared/reconcile/reconcile.ts';
import { textOf } from '../../../shared/reconcile/work-messages.ts';
import type { ResourceKey } from '../../../shared/resources/resource.ts';
import type { Agenda } from './agenda.ts';
import type { Climate } from './climate.ts';
import type { Random } from './random.ts';

/** Seconds until a message comes again whose invocation has ended without an answer. */
const redeliverySeconds = 30;

/** The queue between events and workers: messages of one resource never reach two workers at a time. */
export class WorkInWaiting {
  readonly #agenda: Agenda;
  readonly #random: Random;
  readonly #climate: Climate;
  readonly #waiting: ResourceKey[] = [];
  readonly #inHand = new Set<string>();
  /** All that were ever set. */
  readonly #timers = new Set<string>();
  /** Messages that are due, or will be soon: not the timers of the controllers. */
  #onTheWay = 0;
  /** Called when there may be something to take. */
  onArrival: () => void = () => {};

  constructor(agenda: Agenda, random: Random, climate: Climate) {
    this.#agenda = agenda;
    this.#random = random;
    this.#climate = climate;
  }

  get isEmpty(): boolean {
    return this.#waiting.length + this.#inHand.size + this.#onTheWay === 0;
  }

  /** As a queue takes work that has been sent: it may come late, twice or never. */
  add(work: readonly Work[]): void {
    for (const { key, afterSeconds } of work) {
      if (this.#happens(this.#climate.lostEvent)) continue;
      if (afterSeconds > 0) {
        this.#setTimer(key, afterSeconds);
        continue;
      }
      const times = this.#happens(this.#climate.duplicate) ? 2 : 1;
      for (let time = 0; time < times; time += 1) this.#send(key, this.#delay(), true);
    }
  }

  /** Timers of one time are the same work, as they are in the queue: that they come twice changes nothing. */
  #setTimer(key: ResourceKey, afterSeconds: number): void {
    const now = this.#agenda.now();
    const dueAt = dueTime(key, now, afterSeconds);
    const timer = `${textOf(key)} ${dueAt.toISOString()}`;
    if (this.#timers.has(timer)) return;
    this.#timers.add(timer);
    this.#send(key, secondsBetween(now, dueAt) + this.#delay(), false);
  }

  /** As a sweep does: it comes once, and for sure. */
  addForSure(keys: readonly ResourceKey[]): void {
    for (const key of keys) this.#send(key, this.#random.between(0, 5), true);
  }

  /** Takes any of those that nobody has in hand. */
  take(): ResourceKey | undefined {
    const free = this.#waiting.filter((key) => !this.#inHand.has(textOf(key)));
    if (free.length === 0) return undefined;
    const key = this.#random.pick(free);
    this.#waiting.splice(this.#waiting.indexOf(key), 1);
    this.#inHand.add(textOf(key));
    return key;
  }

  /** Gives a resource back. @param tries how often it was taken in vain, for one that has to come again */
  giveBack(key: ResourceKey, tries?: number): void {
    this.#inHand.delete(textOf(key));
    if (tries !== undefined) this.#send(key, redeliverySeconds * 2 ** Math.min(tries, 4), true);
  }

  #send(key: ResourceKey, seconds: number, counts: boolean): void {
    if (counts) this.#onTheWay += 1;
    this.#agenda.in(seconds, () => {
      if (counts) this.#onTheWay -= 1;
      // A message more for what waits anyway changes nothing.
      if (!this.#waiting.some((one) => textOf(one) === textOf(key))) this.#waiting.push(key);
      this.onArrival();
    });
  }

  #happens(probability: number): boolean {
    return this.#agenda.seconds < this.#climate.troubleEndsAfter && this.#random.chance(probability);
  }

  #delay(): number {
    return this.#happens(this.#climate.lateEvent) ? this.#random.between(5, 60) : this.#random.between(0, 1);
  }
}
