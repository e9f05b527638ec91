import { mustBeLookedAt } from '../../../shared/reconcile/stream-changes.ts';
import { textOf } from '../../../shared/reconcile/work-messages.ts';
import { keyOf, type Resource } from '../../../shared/resources/resource.ts';
import type { StoredChange } from '../../support/fakes/memory-store.ts';
import type { Agenda } from './agenda.ts';

/** States of a resource that are remembered; more changes do not come in the time of a lag. */
const mostStates = 20;

/** A state of a resource, and from when on the table's indexes show it. */
interface Shown {
  resource?: Resource;
  from: number;
}

/** The stream of a store's changes, and with it what is stored in truth, and what the indexes show of it. */
export class Stream {
  readonly #changes: readonly StoredChange[];
  readonly #resources = new Map<string, Resource>();
  readonly #inIndexes = new Map<string, Shown[]>();
  readonly #agenda: Agenda;
  readonly #lag: () => number;
  #read = 0;
  #shown = 0;

  /** @param lag seconds until the indexes show a change */
  constructor(changes: readonly StoredChange[], agenda: Agenda, lag: () => number) {
    this.#changes = changes;
    this.#agenda = agenda;
    this.#lag = lag;
  }

  /** How many changes there were. */
  get length(): number {
    return this.#changes.length;
  }

  resourcesOf(kinds: readonly string[]): Resource[] {
    return [...this.#resources.values()].filter(({ kind }) => kinds.includes(kind));
  }

  /** Takes in what was written since the last time. @returns the resources that their controllers must look at */
  read(): Resource[] {
    const fresh = this.#changes.slice(this.#read);
    this.#read = this.#changes.length;
    for (const { before, after } of fresh) {
      this.#index((after ?? before) as Resource, after);
      if (after) this.#resources.set(textOf(keyOf(after)), after);
      else if (before) this.#resources.delete(textOf(keyOf(before)));
    }
    return fresh.flatMap((change) => (change.after && mustBeLookedAt(change) ? [change.after] : []));
  }

  /** What one who looks at an index sees. */
  indexed(): Resource[] {
    const now = this.#agenda.seconds;
    return [...this.#inIndexes.values()].flatMap(
      (states) => states.findLast(({ from }) => from <= now)?.resource ?? [],
    );
  }

  /** What observers are to be shown next: the same changes, until they have taken them. */
  batch(most: number): readonly StoredChange[] {
    return this.#changes.slice(this.#shown, this.#shown + most);
  }

  taken(count: number): void {
    this.#shown += count;
  }

  get isShown(): boolean {
    return this.#shown >= this.#changes.length;
  }

  #index(changed: Resource, resource: Resource | undefined): void {
    const text = textOf(keyOf(changed));
    const before = this.#inIndexes.get(text)?.slice(-mostStates) ?? [];
    // Changes of one resource are shown in their order.
    const from = Math.max(this.#agenda.seconds + this.#lag(), before.at(-1)?.from ?? 0);
    this.#inIndexes.set(text, [...before, { from, ...(resource && { resource }) }]);
  }
}
