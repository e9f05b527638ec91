import type { Agenda } from './agenda.ts';

interface Step {
  seconds: number;
  who: string;
  what: string;
  came: string;
}

const clock = (seconds: number): string => {
  const [days, hours, minutes] = [seconds / 86_400, (seconds / 3_600) % 24, (seconds / 60) % 60].map(
    Math.floor,
  );
  const two = (number = 0) => String(number).padStart(2, '0');
  return `${days ? `${days}d ` : ''}${two(hours)}:${two(minutes)}:${(seconds % 60).toFixed(3).padStart(6, '0')}`;
};

/** What has happened in a run, step by step. */
export class Trace {
  readonly #steps: Step[] = [];
  readonly #agenda: Agenda;
  #lastChange = 0;

  constructor(agenda: Agenda) {
    this.#agenda = agenda;
  }

  add(who: string, what: string, came = ''): void {
    this.#steps.push({ seconds: this.#agenda.seconds, who, what, came });
  }

  /** Notes that the last step has changed something. */
  mark(): void {
    this.#lastChange = this.#steps.length;
  }

  /** How many lines there are until the last change: after it nothing has happened but looking. */
  get untilLastChange(): number {
    return this.#lastChange;
  }

  lines(): string[] {
    return this.#steps.map(
      ({ seconds, who, what, came }) => `${clock(seconds)}  ${who}  ${what}${came ? `  -> ${came}` : ''}`,
    );
  }
}
