import { initChecks } from '../../shared/account/init-checks.ts';
import { previewAccount } from '../../shared/account/preview-account.ts';
import { setUpAccount } from '../../shared/account/set-up-account.ts';
import { authentications } from '../../shared/platform-api/platform-api.ts';
import { clmRoleProblem } from '../../shared/release/clm-role.ts';
import type { Command } from '../command.ts';
import { entryRequestIn } from '../entry-options.ts';
import { parameterOptions, parametersIn } from '../parameter-options.ts';
import { previewOutcome } from '../preview.ts';
import { setUpOutcome } from '../set-up-outcome.ts';

const accessMode = 'lambda';

export const setupAccount: Command = {
  name: 'setup-account',
  summary: 'put the three functions into the account and let the regional platform in',
  description: `Deploys the stack rosa-lambda-access from the packages of this release, publishes a version of each function, tries it with a dry run, points the alias prod to it, lets one role invoke it, and registers the account. What the platform knows otherwise is changed, but for the access mode: migrate-account changes that.

Nothing points to a version that was not tried. Interrupted anywhere, the same command goes on where it stopped; a second run changes nothing. Parameters that are not given stay as they are.`,
  options: [
    {
      flags: '--clm-role-arn <arn>',
      description: 'the one role that may invoke the functions (default: what the Platform API says)',
      problem: clmRoleProblem,
    },
    {
      flags: '--authentication <method>',
      description:
        'how it comes in: by the policy of prod, or by a role that it assumes with an external id (default: as it is, at first resource-policy)',
      choices: authentications,
    },
    {
      flags: '--dry-run',
      description: 'print every resource, role policy and permission it would make, and end',
    },
    { flags: '--skip-init', description: 'do not check credentials, region and Platform API first' },
    ...parameterOptions,
  ],
  examples: [
    'rosactl setup-account --platform-api-url https://api.us-east-1.example.com --dry-run',
    'rosactl setup-account --clm-role-arn arn:aws:iam::111122223333:role/CLMServiceRole',
    'rosactl setup-account --authentication assume-role',
    'rosactl setup-account --log-retention-days 365 --kms-key-arn <arn>',
  ],
  run: async (context, options) => {
    const { dryRun, skipInit } = options;
    const request = { ...entryRequestIn(options), parameters: parametersIn(options), accessMode } as const;
    if (!skipInit) {
      for (const check of initChecks.filter(({ skipped }) => !skipped?.(context)))
        await context.tasks.run(check.title, async (say) => say(await check.run(context)));
    }
    if (dryRun) return previewOutcome(await previewAccount(context, request));
    return setUpOutcome(await setUpAccount(context, request));
  },
};
