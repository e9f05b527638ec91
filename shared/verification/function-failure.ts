import { type ErrorName, errorNames } from '../operation-error.ts';

/** A function answered with an error instead of a result. */
export class FunctionFailure extends Error {
  override readonly name = 'FunctionFailure';
  /** A name of docs/logging.md, or Lambda's own such as `Sandbox.Timedout`. */
  readonly errorType: string;
  /** What to do about it: a sentence without its full stop. */
  readonly next: string;

  /** @param where the function and its alias, such as `rosa-network-verifier:prod` */
  constructor(where: string, errorType: string, errorMessage: string) {
    super(`${where} failed with ${errorType}: ${errorMessage}`);
    this.errorType = errorType;
    this.next = isErrorName(errorType)
      ? sentence(errorNames[errorType].meaning)
      : 'Lambda ended it; the same request may be sent again, and "rosactl logs --failed" shows it';
  }
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const isErrorName = (name: string): name is ErrorName => Object.hasOwn(errorNames, name);
