import { setTimeout as delay } from 'node:timers/promises';
import { Undetermined } from './check.ts';

/** Kept back from the invocation's time for validating, logging and answering. */
const answerMs = 2_000;

/** The moment by which everything has to be known. */
export interface Deadline {
  /** What comes in time. @throws Undetermined when it does not */
  inTime<Value>(work: Promise<Value>): Promise<Value>;
  /** Stops the clock, which otherwise keeps the process alive. */
  stop(): void;
}

/** @param remainingMs milliseconds until the invocation is ended */
export function deadlineIn(remainingMs: number): Deadline {
  const clock = new AbortController();
  const over = delay(Math.max(0, remainingMs - answerMs), undefined, { signal: clock.signal }).then(() => {
    const message = 'the time of the invocation ran out before AWS had answered. Run it again';
    throw new Undetermined('deadline_exceeded', message);
  });
  over.catch(() => {});
  return { inTime: (work) => Promise.race([work, over]), stop: () => clock.abort() };
}
