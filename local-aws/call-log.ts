/** One call that reached the front from outside, and how it ended. */
export type Call = {
  service: string;
  action: string;
  region: string;
  account: string;
  principalArn: string;
  status: number;
  /** Milliseconds until the answer began. */
  ms: number;
  /** Whether it may have changed something. */
  changes: boolean;
  /** The function that made it, if one did. */
  function?: string;
};

/** Remembers calls so that a test can prove what was, and above all what was not, called on AWS. */
export class CallLog {
  readonly #calls: Call[] = [];

  add(call: Call): void {
    this.#calls.push(call);
  }

  list(): readonly Call[] {
    return this.#calls;
  }

  clear(): void {
    this.#calls.length = 0;
  }
}
