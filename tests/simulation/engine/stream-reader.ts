import type { World } from './simulation.ts';
import type { Stage } from './stage.ts';

/** Seconds until a batch comes again that the observers have not taken. */
const againSeconds = 1;

const mostAtOnce = 4;

/** Shows the observers every change, in order: again when they have crashed or thrown, and some of it once more. */
export class StreamReader<W extends World> {
  readonly #stage: Stage<W>;
  #wake?: () => void;

  constructor(stage: Stage<W>) {
    this.#stage = stage;
    this.#start();
  }

  /** To be called when there may be something new. */
  look(): void {
    if (!this.#stage.stream.isShown) this.#wake?.();
  }

  #start(): void {
    const place = this.#stage.place();
    const observers = this.#stage.simulated.observers?.(place.hands) ?? [];
    if (observers.length === 0) {
      this.#wake = () => this.#stage.stream.taken(this.#stage.stream.length);
      return;
    }
    const show = async (): Promise<void> => {
      this.#wake = undefined;
      const { agenda, stream, random, surroundings } = this.#stage;
      const batch = stream.batch(random.integer(1, mostAtOnce));
      const attempt = place.begin('stream', () => agenda.in(againSeconds, () => this.#start()));
      try {
        for (const observe of observers) await observe(batch);
        // What was taken may be shown once more.
        if (!random.chance(surroundings.climate.duplicate / 4)) stream.taken(batch.length);
      } catch (error) {
        this.#stage.threw('stream', error);
      }
      attempt.end();
      agenda.in(againSeconds, rest);
    };
    const rest = () => {
      if (this.#stage.stream.isShown) this.#wake = () => void show();
      else void show();
    };
    rest();
  }
}
