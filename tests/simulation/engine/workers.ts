import { type Controllers, reconcileOne } from '../../../shared/reconcile/driver.ts';
import { textOf } from '../../../shared/reconcile/work-messages.ts';
import type { ResourceKey } from '../../../shared/resources/resource.ts';
import type { World } from './simulation.ts';
import type { Place, Stage } from './stage.ts';

const usualWorkers = 2;

const silent = { reconciled: () => {}, dropped: () => {} };

/** Workers that reconcile what waits, side by side, each with an environment of its own. */
export class Workers<W extends World> {
  readonly #stage: Stage<W>;
  /** How often a resource was reconciled in vain, one time after the other. */
  readonly #inVain = new Map<string, number>();
  /** When the last reconcile began that came to its end, and after which change, by resource. */
  readonly #lookedAt = new Map<string, { changes: number; at: Date }>();
  /** Workers without work. */
  #idle: (() => void)[] = [];
  kinds: readonly string[] = [];

  constructor(stage: Stage<W>) {
    this.#stage = stage;
    stage.work.onArrival = () => this.#wake();
    const { workers = usualWorkers } = stage.simulated;
    for (let number = 1; number <= workers; number += 1) this.#start(`worker-${number}`);
  }

  /** Whether a resource has been reconciled since the last change of anything, and since a time. */
  isUpToDate(key: ResourceKey, since: Date): boolean {
    const looked = this.#lookedAt.get(textOf(key));
    return looked?.changes === this.#stage.changes && looked.at >= since;
  }

  #wake(): void {
    const idle = this.#idle;
    this.#idle = [];
    for (const next of idle) next();
  }

  #start(name: string): void {
    const place = this.#stage.place();
    const controllers = this.#stage.simulated.controllers(place.hands);
    this.kinds = controllers.map(({ kind }) => kind);
    const next = () => {
      const key = this.#stage.work.take();
      if (key) this.#reconcile(name, place, controllers, key).then(next);
      else this.#idle.push(next);
    };
    next();
  }

  /** Never comes to an end after a crash: then another environment takes over. */
  async #reconcile(name: string, place: Place<W>, controllers: Controllers, key: ResourceKey): Promise<void> {
    const { work, trace, changes } = this.#stage;
    const who = `${name} ${key.kind}/${key.name}`;
    const attempt = place.begin(who, () => {
      work.giveBack(key, 0);
      this.#start(name);
    });
    const { store, queue, now } = place.hands;
    const at = now();
    const context = { now, remainingMs: attempt.remainingMs };
    const dependencies = { store, queue, controllers, reporter: silent };
    const triesInVain = await reconcileOne(dependencies, context, key).then(
      ({ outcome, after_seconds = '', reason = '' }) => {
        trace.add(who, `${outcome} ${after_seconds} ${reason}`.trim());
        this.#lookedAt.set(textOf(key), { changes, at });
        return undefined;
      },
      ({ cause }: Error) => {
        this.#stage.threw(who, cause);
        return (this.#inVain.get(textOf(key)) ?? 0) + 1;
      },
    );
    this.#inVain.set(textOf(key), triesInVain ?? 0);
    attempt.end();
    work.giveBack(key, triesInVain);
  }
}
