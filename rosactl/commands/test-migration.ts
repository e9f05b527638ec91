import { testMigration as testBothWays, type Verdict } from '../../shared/account/test-migration.ts';
import { exitCodes } from '../../shared/cli/exit-codes.ts';
import { shownResults } from '../check-results.ts';
import type { Command } from '../command.ts';
import { findingLines, summaryLine } from '../findings.ts';

function nextLines(verdict: Verdict): string[] {
  if (verdict === 'ready') return [];
  return ['', 'Mend what failed or could not be checked, then run it again.'];
}

export const testMigration: Command = {
  name: 'test-migration',
  summary: 'say whether both ways into the account work: the functions and OIDC/STS',
  description: `Invokes each function through its alias prod with a dry run, reads who may invoke it, judges the OIDC providers and roles of existing clusters, and asks what the platform knows of the account. Changes nothing.

The verdict is one of: ready (both ways work), lambda only, legacy only, neither. A way is only said to work when all of it could be checked. Exits 0 for ready, and 1 for the others.`,
  options: [],
  examples: ['rosactl test-migration', 'rosactl test-migration --output json'],
  run: async (context) => {
    const { paint } = context;
    const { findings: results, verdict, meaning, account, region } = await testBothWays(context);
    const { findings, summary } = shownResults(results);
    const isReady = verdict === 'ready';
    return {
      exitCode: isReady ? exitCodes.fine : exitCodes.no,
      data: { account, region, verdict, meaning, findings, summary },
      lines: [
        ...findingLines(findings, paint),
        '',
        summaryLine(summary, paint),
        '',
        `${paint(isReady ? 'green' : 'red', `${isReady ? '✔' : '✖'} ${verdict}`)}: ${meaning}`,
        ...nextLines(verdict),
      ],
    };
  },
};
