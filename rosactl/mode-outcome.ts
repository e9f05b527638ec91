import type { ModeChange } from '../shared/account/change-mode.ts';
import { exitCodes } from '../shared/cli/exit-codes.ts';
import type { Paint } from '../shared/cli/paint.ts';
import { withFindings } from './check-results.ts';
import type { CommandOutcome } from './command.ts';

/** What a mode means, in sentences. */
const meanings: Record<string, string[]> = {
  'oidc-sts': [
    'New clusters use OIDC/STS again. Clusters keep the mode they were made with, and the functions stay as they are.',
    'To go forth again: rosactl migrate-account. To take the functions back: rosactl cleanup-account',
  ],
  lambda: [
    'New clusters use the functions alone. Clusters keep the mode they were made with: those made with OIDC/STS need its roles as long as they are there.',
    'To have both ways again: rosactl migrate-account',
  ],
};

const sentences: Record<ModeChange['outcome'], (change: ModeChange) => string> = {
  changed: ({ account, before, after }) =>
    `✔ The access mode of account ${account} is ${after}; it was ${before}.`,
  unchanged: ({ account, after }) => `✔ The access mode of account ${account} is ${after} already.`,
  'would change': ({ account, before, after }) =>
    `Nothing has been changed. The access mode of account ${account} would be ${after}; it is ${before}.`,
  stopped: ({ account, before }) =>
    `✖ Nothing was changed: the access mode of account ${account} is still ${before}. Mend what failed, then run it again.`,
};

/** What a changed access mode has to say. */
export function modeOutcome(change: ModeChange, paint: Paint): CommandOutcome {
  const { account, outcome, before, after, findings } = change;
  const meaning = outcome === 'stopped' ? [] : (meanings[after] ?? []);
  const done = {
    exitCode: outcome === 'stopped' ? exitCodes.no : exitCodes.fine,
    data: { account, outcome, accessMode: { before, after } },
    lines: [sentences[outcome](change), ...meaning.map((line) => `  ${line}`)],
  };
  if (findings.length === 0) return done;
  return withFindings(findings, { ...done, lines: ['', ...done.lines] }, paint);
}
