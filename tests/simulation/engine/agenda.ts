/** When every simulation begins. */
const beginning = Date.parse('2026-01-01T00:00:00Z');

interface Entry {
  /** Milliseconds since the beginning. */
  at: number;
  run(): void | Promise<void>;
}

/** Virtual time: it stands still while something happens, and then jumps to what is to happen next. */
export class Agenda {
  readonly #entries: Entry[] = [];
  #now = 0;

  /** Seconds since the beginning. */
  get seconds(): number {
    return this.#now / 1_000;
  }

  readonly now = (): Date => new Date(beginning + this.#now);

  /** A time, by the seconds since the beginning. */
  readonly at = (seconds: number): Date => new Date(beginning + seconds * 1_000);

  in(seconds: number, run: Entry['run']): void {
    const at = this.#now + Math.max(0, seconds) * 1_000;
    // What is due at the same time happens in the order in which it was entered.
    const later = this.#entries.findLastIndex((entry) => entry.at <= at);
    this.#entries.splice(later + 1, 0, { at, run });
  }

  /** Goes on to the next entry, and takes it off the agenda. */
  take(): Entry | undefined {
    const entry = this.#entries.shift();
    if (entry) this.#now = entry.at;
    return entry;
  }
}
