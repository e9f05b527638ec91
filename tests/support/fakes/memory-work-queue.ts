import type { Work, WorkQueue } from '../../../shared/reconcile/reconcile.ts';
import type { ResourceKey } from '../../../shared/resources/resource.ts';

/** A queue in memory: what was added stays in `added`, what nobody has taken yet is in `waiting`. */
export class MemoryWorkQueue implements WorkQueue {
  readonly added: Work[] = [];
  readonly #waiting: Work[] = [];

  async add(work: readonly Work[]): Promise<void> {
    this.added.push(...work);
    this.#waiting.push(...work);
  }

  get waiting(): readonly Work[] {
    return this.#waiting;
  }

  /** Takes what is due first, whenever that is. */
  take(): Work | undefined {
    const soonest = Math.min(...this.#waiting.map(({ afterSeconds }) => afterSeconds));
    const index = this.#waiting.findIndex(({ afterSeconds }) => afterSeconds === soonest);
    return index < 0 ? undefined : this.#waiting.splice(index, 1)[0];
  }

  /** The keys that were added, each as often as it was. */
  get keys(): ResourceKey[] {
    return this.added.map(({ key }) => key);
  }
}
