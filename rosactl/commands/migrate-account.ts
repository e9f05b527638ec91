import { changeMode } from '../../shared/account/change-mode.ts';
import { initChecks } from '../../shared/account/init-checks.ts';
import {
  type Migration,
  type MigrationPreview,
  migrateAccount as migrate,
  previewMigration,
} from '../../shared/account/migrate-account.ts';
import type { AccountPreview } from '../../shared/account/preview-account.ts';
import { exitCodes } from '../../shared/cli/exit-codes.ts';
import type { Paint } from '../../shared/cli/paint.ts';
import { withFindings } from '../check-results.ts';
import { platformApiOf } from '../cluster-context.ts';
import type { Command, CommandOutcome } from '../command.ts';
import { entryRequestIn } from '../entry-options.ts';
import { modeOutcome } from '../mode-outcome.ts';
import { parametersIn } from '../parameter-options.ts';
import { previewOutcome } from '../preview.ts';
import { setUpOutcome } from '../set-up-outcome.ts';
import { textOf } from '../verify.ts';
import { setupAccount } from './setup-account.ts';

const roleArn = /^arn:(aws|aws-us-gov|aws-cn):iam::\d{12}:role\/[\w+=,.@/-]+$/;

/** When a finding has failed at the start. */
const stopped = {
  exitCode: exitCodes.no,
  data: { migrated: false },
  lines: ['', 'Nothing was changed. Mend what failed, then run it again.'],
};

const wouldBeDual =
  'The account would be registered as dual: clusters keep the mode they were made with, new ones use the functions first.';

/** What would become of the registration. */
function registrationLines(preview: AccountPreview, changes: string[] | undefined): string[] {
  if (!preview.registration) return [];
  if (!changes) return ['', wouldBeDual];
  if (changes.length === 0) return ['', 'The platform knows all of it already.'];
  return [
    '',
    wouldBeDual,
    'It is registered already; this would be changed:',
    ...changes.map((one) => `  ${one}`),
  ];
}

function previewed({ findings, preview, changes }: MigrationPreview, paint: Paint): CommandOutcome {
  if (!preview) return withFindings(findings, stopped, paint);
  const { lines, exitCode } = previewOutcome(preview);
  const shown = {
    exitCode,
    data: { migrated: false, preview, registrationChanges: changes ?? null },
    lines: ['', ...lines, ...registrationLines(preview, changes)],
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
  description: `Checks that the OIDC providers and roles of existing clusters work, and stops if they do not. Then does what setup-account does and registers the account as dual: clusters keep the mode they were made with, new ones use the functions first and OIDC/STS when they cannot be used. At the end it checks that providers and roles are as they were.

Changes nothing that runs. Interrupted anywhere, the same command goes on where it stopped.

With --rollback the account is oidc-sts again: new clusters use OIDC/STS, and the functions stay where they are. With --complete it is lambda: new clusters use the functions alone.`,
  options: [
    {
      flags: '--oidc-sts-role-arn <arn>',
      description:
        'the installer role, with which the platform works in the account itself (default: the one it knows, else the only one there is)',
      problem: (value) => (roleArn.test(value) ? undefined : 'It must be the ARN of a role of the account.'),
    },
    {
      flags: '--rollback',
      description: 'have new clusters use OIDC/STS again, and change nothing in the account',
      conflicts: ['complete'],
    },
    {
      flags: '--complete',
      description: 'have new clusters use the functions alone, and change nothing in the account',
    },
    ...setupAccount.options,
  ],
  examples: [
    'rosactl migrate-account --dry-run',
    'rosactl migrate-account --platform-api-url https://api.us-east-1.example.com',
    'rosactl migrate-account --clm-role-arn arn:aws:iam::111122223333:role/CLMServiceRole',
    'rosactl migrate-account --rollback',
  ],
  run: async (context, options) => {
    const { rollback, complete, dryRun, skipInit } = options;
    const { paint } = context;
    const oidcStsRoleArn = textOf(options.oidcStsRoleArn);
    if (!skipInit) {
      for (const check of initChecks.filter(({ skipped }) => !skipped?.(context)))
        await context.tasks.run(check.title, async (say) => say(await check.run(context)));
    }
    if (rollback || complete) {
      const platformApi = platformApiOf(context);
      const mode = rollback ? 'oidc-sts' : 'lambda';
      const wanted = { mode, oidcStsRoleArn, dryRun: dryRun === true } as const;
      return modeOutcome(await changeMode({ ...context, platformApi }, wanted), paint);
    }
    const request = { ...entryRequestIn(options), parameters: parametersIn(options), oidcStsRoleArn };
    if (dryRun) return previewed(await previewMigration(context, request), paint);
    return migrated(await migrate(context, request), paint);
  },
};
