import type { Instrument } from '../../shared/aws/clients.ts';

type Send = (args: object) => Promise<object>;

/** An SDK client, as far as its middlewares go. */
interface Client {
  middlewareStack: {
    add(middleware: (next: Send) => Send, options: { step: string; priority: string; name: string }): void;
  };
}

/** Watches for how long none of the clients' calls is under way: what is left of a reconcile without AWS's own time. */
export class CallPauses {
  readonly #now: () => number;
  #underWay = 0;
  #since: number;
  #longestMs = 0;

  /** @param now milliseconds */
  constructor(now = () => performance.now()) {
    this.#now = now;
    this.#since = now();
  }

  /** Has the calls of a client watched, each try of one by itself: the SDK pauses between them. */
  readonly instrument: Instrument = (client) => {
    const eachTime = { step: 'finalizeRequest', priority: 'low', name: 'watchPauses' };
    const watch = (next: Send) => (args: object) => this.#during(() => next(args));
    (client as unknown as Client).middlewareStack.add(watch, eachTime);
    return client;
  };

  /** Begins anew: what was before is no pause of what comes. */
  restart(): void {
    this.#since = this.#now();
    this.#longestMs = 0;
  }

  /** Milliseconds of the longest pause since the last restart, up to now. */
  longestMs(): number {
    this.#end();
    return this.#longestMs;
  }

  #end(): void {
    if (this.#underWay === 0) this.#longestMs = Math.max(this.#longestMs, this.#now() - this.#since);
  }

  async #during(call: () => Promise<object>): Promise<object> {
    this.#end();
    this.#underWay += 1;
    try {
      return await call();
    } finally {
      this.#underWay -= 1;
      this.#since = this.#now();
    }
  }
}
