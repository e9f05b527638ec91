import { failureOf } from './aws-call-error.ts';
import type { Instrument } from './clients.ts';

/** Calls to AWS, by the metrics that count them. */
export interface CallCounts {
  aws_calls: number;
  /** Attempts beyond the first of each call. */
  aws_retries: number;
  /** Attempts that AWS limited, whether or not another one helped. */
  aws_throttles: number;
}

type Send = (args: object) => Promise<object>;

/** An SDK client, as far as its middlewares go. */
interface Client {
  middlewareStack: {
    add(middleware: (next: Send) => Send, options: { step: string; priority: string; name: string }): void;
  };
}

/** Counts the calls that clients make. An execution environment serves one invocation at a time. */
export class CallCounter {
  #calls = 0;
  #attempts = 0;
  #throttles = 0;

  /** Has a client counted; the SDK tries again between the two steps, the later of which is each attempt. */
  readonly instrument: Instrument = (client) => {
    const { middlewareStack } = client as unknown as Client;
    const once = { step: 'initialize', priority: 'low', name: 'countCalls' };
    middlewareStack.add((next) => (args) => this.#call(next, args), once);
    const eachTime = { step: 'finalizeRequest', priority: 'low', name: 'countAttempts' };
    middlewareStack.add((next) => (args) => this.#attempt(next, args), eachTime);
    return client;
  };

  /** What was counted since the last time. */
  take(): CallCounts {
    const counts = {
      aws_calls: this.#calls,
      aws_retries: Math.max(0, this.#attempts - this.#calls),
      aws_throttles: this.#throttles,
    };
    [this.#calls, this.#attempts, this.#throttles] = [0, 0, 0];
    return counts;
  }

  #call(next: Send, args: object): Promise<object> {
    this.#calls += 1;
    return next(args);
  }

  #attempt(next: Send, args: object): Promise<object> {
    this.#attempts += 1;
    return next(args).catch((error: Error) => {
      if (failureOf(error) === 'throttled') this.#throttles += 1;
      throw error;
    });
  }
}
