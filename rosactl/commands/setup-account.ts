import { initChecks } from '../../shared/account/init-checks.ts';
import { previewAccount } from '../../shared/account/preview-account.ts';
import { setUpAccount } from '../../shared/account/set-up-account.ts';
import { clmRoleProblem } from '../../shared/release/clm-role.ts';
import type { Command } from '../command.ts';
import { parameterOptions, parametersIn } from '../parameter-options.ts';
import { previewOutcome } from '../preview.ts';
import { setUpOutcome } from '../set-up-outcome.ts';

export const setupAccount: Command = {
  name: 'setup-account',
  summary: 'put the three functions into the account and let the regional platform in',
  description: `Deploys the stack rosa-lambda-access from the packages of this release, publishes a version of each function, tries it with a dry run, points the alias prod to it, lets one role invoke it, and registers the account.

Nothing points to a version that was not tried. Interrupted anywhere, the same command goes on where it stopped; a second run changes nothing. Parameters that are not given stay as they are.`,
  options: [
    {
      flags: '--clm-role-arn <arn>',
      description: 'the one role that may invoke the functions (default: what the Platform API says)',
      problem: clmRoleProblem,
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
    'rosactl setup-account --log-retention-days 365 --kms-key-arn <arn>',
  ],
  run: async (context, options) => {
    const { clmRoleArn, dryRun, skipInit } = options;
    const request = {
      parameters: parametersIn(options),
      clmRoleArn: clmRoleArn as string | undefined,
      authentication: 'lambda' as const,
    };
    if (!skipInit) {
      for (const check of initChecks.filter(({ skipped }) => !skipped?.(context)))
        await context.tasks.run(check.title, async (say) => say(await check.run(context)));
    }
    if (dryRun) return previewOutcome(await previewAccount(context, request));
    return setUpOutcome(await setUpAccount(context, request));
  },
};
