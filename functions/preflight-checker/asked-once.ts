import { setImmediate as turn } from 'node:timers/promises';
import type { AccountReader } from './account-reader.ts';

type Question = (...args: unknown[]) => Promise<unknown>;

/** An account of which every question is asked once, whoever asks it, and what came of the questions. */
export interface AskedOnce {
  account: AccountReader;
  /** Why questions failed, once all of them are answered. */
  failures(): Promise<unknown[]>;
}

const failed = (outcome: PromiseSettledResult<unknown>): unknown[] =>
  outcome.status === 'rejected' ? [outcome.reason] : [];

/** Keeps the answers of an account for the checks of one run. */
export function askedOnce(reader: AccountReader): AskedOnce {
  const answers = new Map<string, Promise<unknown>>();
  const remember = (name: string, question: Question): Question => {
    return (...args) => {
      const key = JSON.stringify([name, ...args]);
      const answer = answers.get(key) ?? question(...args);
      answers.set(key, answer);
      return answer;
    };
  };
  const questions = Object.entries(reader as unknown as Record<string, Question>);
  const account = Object.fromEntries(
    questions.map(([name, question]) => [name, remember(name, question)]),
  ) as unknown as AccountReader;
  return {
    account,
    failures: async () => {
      // An answer may lead to another question; the turn lets the checks ask it.
      for (let known = -1; known < answers.size; ) {
        known = answers.size;
        await Promise.allSettled(answers.values());
        await turn();
      }
      return (await Promise.allSettled(answers.values())).flatMap(failed);
    },
  };
}
