import { Declined } from './declined.ts';
import { UsageError } from './usage-error.ts';

interface Confirmer {
  /** `--yes` was given. */
  yes: boolean;
  /** Asks on the terminal; absent where there is none. */
  ask?(question: string): Promise<string>;
}

/**
 * Makes the function that asks before something is done that cannot be taken back.
 * @returns a function that rejects with Declined unless the answer is yes, and with UsageError when nobody can answer
 */
export const confirmer =
  ({ yes, ask }: Confirmer) =>
  async (question: string): Promise<void> => {
    if (yes) return;
    if (!ask)
      throw new UsageError(`${question} There is no terminal to ask on: give --yes if that is what you want`);
    const answer = await ask(`${question} [y/N] `);
    if (!/^y(es)?$/i.test(answer.trim())) throw new Declined('the answer was not yes');
  };
