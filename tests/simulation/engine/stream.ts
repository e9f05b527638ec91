import { mustBeLookedAt } from '../../../shared/reconcile/stream-changes.ts';
import { textOf } from '../../../shared/reconcile/work-messages.ts';
import { keyOf, type Resource } from '../../../shared/resources/resource.ts';
import type { MemoryStore, StoredChange } from '../../support/fakes/memory-store.ts';

/** The stream of a store's changes, and with it what is stored in truth. */
export class Stream {
  readonly #changes: readonly StoredChange[];
  readonly #resources = new Map<string, Resource>();
  #read = 0;
  #shown = 0;

  constructor(store: MemoryStore) {
    this.#changes = store.changes;
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
      if (after) this.#resources.set(textOf(keyOf(after)), after);
      else if (before) this.#resources.delete(textOf(keyOf(before)));
    }
    return fresh.flatMap((change) => (change.after && mustBeLookedAt(change) ? [change.after] : []));
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
}
