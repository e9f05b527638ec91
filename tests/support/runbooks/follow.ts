import { expect } from '@jest/globals';
import { commandsOf, readRunbook, success } from './read-runbook.ts';
import type { Shell } from './shell.ts';

/** What a runbook is for, made to happen. */
interface Happening {
  runbook: string;
  /** Absent: it is so already. */
  bring?(): Promise<unknown>;
  /** What whoever follows the runbook has to be shown of it. */
  shows: RegExp;
  /** What happens while the runbook waits. */
  meanwhile?(): Promise<unknown>;
}

/** Runs commands literally. @returns the exit status, and what was printed, so that a failure shows it */
export const runIn = async (shell: Shell, commands: string) => {
  const { status, stdout, stderr } = await shell.run(commands);
  return { status, printed: `${stdout}${stderr}` };
};

/** Expects that success is denied at first; then the runbook is followed, and success is told. */
export async function followRunbook(
  shell: Shell,
  { runbook, bring, shows, meanwhile }: Happening,
): Promise<void> {
  const page = await readRunbook(runbook);
  const verdict = commandsOf(page, (heading) => heading === success);
  await bring?.();
  expect((await runIn(shell, verdict)).status).not.toBe(0);

  const followed = await runIn(
    shell,
    commandsOf(page, (heading) => heading !== success),
  );
  expect(followed).toEqual({ status: 0, printed: expect.stringMatching(shows) });

  await meanwhile?.();
  expect(await runIn(shell, verdict)).toMatchObject({ status: 0 });
}
