import { initChecks } from '../../shared/account/init-checks.ts';
import {
  type Migration,
  type MigrationPreview,
  migrateAccount as migrate,
  previewMigration,
} from '../../shared/account/migrate-account.ts';
import type { CheckResult } from '../../shared/checks/run-checks.ts';
import { shownResults } from '../check-results.ts';
import type { Command, CommandOutcome } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { findingLines, summaryLine } from '../findings.ts';
import type { Paint } from '../paint.ts';
import { parametersIn } from '../parameter-options.ts';
import { previewOutcome } from '../preview.ts';
import { setUpOutcome } from '../set-up-outcome.ts';
import { setupAccount } from './setup-account.ts';

/** When a finding has failed at the start. */
const stopped = {
  exitCode: exitCodes.no,
  data: { migrated: false },
  lines: ['', 'Nothing was changed. Mend what failed, then run it again.'],
};

/** The outcome of what was done beside the findings, with the findings above it. */
function withFindings(results: CheckResult[], done: CommandOutcome, paint: Paint): CommandOutcome {
  const { findings, summary } = shownResults(results);
  const hasFailed = summary.status === 'failed' ? exitCodes.no : exitCodes.fine;
  return {
    exitCode: done.exitCode || hasFailed,
    data: { findings, summary, ...(done.data as object) },
    lines: [...findingLines(findings, paint), '', summaryLine(summary, paint), ...done.lines],
  };
}

const wouldBeDual =
  'The account would be registered as dual: existing clusters keep OIDC/STS, new ones use the functions.';

function previewed({ findings, preview }: MigrationPreview, paint: Paint): CommandOutcome {
  if (!preview) return withFindings(findings, stopped, paint);
  const { lines, exitCode } = previewOutcome(preview);
  const shown = {
    exitCode,
    data: { migrated: false, preview },
    lines: ['', ...lines, ...(preview.registration ? ['', wouldBeDual] : [])],
  };
  return withFindings(findings, shown, paint);
}

function migrated({ findings, setUp }: Migration, paint: Paint): CommandOutcome {
  if (!setUp) return withFindings(findings, stopped, paint);
  const { data, lines, exitCode } = setUpOutcome(setUp);
  const shown = {
    exitCode,
    data: { migrated: true, ...(data as object) },
    lines: ['', ...lines, 'After that: rosactl test-migration, which says whether both ways work'],
  };
  return withFindings(findings, shown, paint);
}

export const migrateAccount: Command = {
  name: 'migrate-account',
  summary: 'put the three functions beside the OIDC/STS set-up of existing clusters',
  description: `Checks that the OIDC providers and roles of existing clusters work, and stops if they do not. Then does what setup-account does and registers the account as dual: existing clusters keep OIDC/STS, new ones use the functions. At the end it checks that providers and roles are as they were.

Changes nothing that runs. Interrupted anywhere, the same command goes on where it stopped.`,
  options: setupAccount.options,
  examples: [
    'rosactl migrate-account --dry-run',
    'rosactl migrate-account --platform-api-url https://api.us-east-1.example.com',
    'rosactl migrate-account --clm-role-arn arn:aws:iam::111122223333:role/CLMServiceRole',
  ],
  run: async (context, options) => {
    const { clmRoleArn, dryRun, skipInit } = options;
    const { paint } = context;
    const request = {
      parameters: parametersIn(options),
      clmRoleArn: clmRoleArn as string | undefined,
    };
    if (!skipInit) {
      for (const check of initChecks.filter(({ skipped }) => !skipped?.(context)))
        await context.tasks.run(check.title, async (say) => say(await check.run(context)));
    }
    if (dryRun) return previewed(await previewMigration(context, request), paint);
    return migrated(await migrate(context, request), paint);
  },
};
