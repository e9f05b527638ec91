import { type Removal, removeAccount } from '../../shared/account/remove-account.ts';
import { type ExitCode, exitCodes } from '../../shared/cli/exit-codes.ts';
import type { Command } from '../command.ts';

function question(account: string, region: string, deleteLogs: boolean, providers: string[]): string {
  const beside = [
    deleteLogs && 'THE LOG GROUPS WITH ALL RECORDS',
    providers.length > 0 &&
      `${providers.length} OIDC PROVIDERS, without which their clusters stop working (${providers.join(', ')})`,
  ].filter(Boolean);
  const more = beside.length > 0 ? `, and ${beside.join(' and ')}` : '; the log groups stay';
  return `Remove the functions with all versions, their roles, the stack and the registration of account ${account} in ${region}${more}?`;
}

/** What to do about a platform that still knows the account. */
const nextStep: Partial<Record<Removal['registration'], string>> = {
  refused: 'Ask the people who run the Platform API to take it off.',
  failed: 'All else is taken back. Mend what it says, and run the same command again.',
};

/** A platform that was not asked may still call functions that are gone. */
function registrationLines(registration: Removal['registration'], reason = ''): string[] {
  const next = nextStep[registration];
  if (next) return [`✖ The platform still knows the account: ${reason}.`, `  ${next}`];
  if (registration !== 'not asked for') return [`✔ Registration: ${registration}.`];
  return [
    '! The Platform API was not asked to forget the account: run it again with --platform-api-url if it knows it.',
  ];
}

/** A registration that is left is not what was asked for. */
const exitByRegistration: Partial<Record<Removal['registration'], ExitCode>> = {
  refused: exitCodes.credentials,
  failed: exitCodes.platformApi,
};

function linesOf(removal: Removal): string[] {
  const { stack, registration, registrationReason, logGroups, archiveBucket, oidcProviders } = removal;
  const kept = logGroups.filter((group) => group.kept).map(({ name }) => name);
  const deleted = logGroups.filter((group) => !group.kept).map(({ name }) => name);
  return [
    stack === 'removed' ? '✔ The stack is removed.' : '✔ There was no stack.',
    ...registrationLines(registration, registrationReason),
    ...(kept.length > 0
      ? [`! Kept, with their records: ${kept.join(', ')}. "--delete-logs" deletes them.`]
      : []),
    ...(deleted.length > 0 ? [`✔ Deleted: log groups of ${deleted.join(', ')}.`] : []),
    ...(archiveBucket
      ? [`! Kept, with the archived logs: the bucket ${archiveBucket}, until somebody deletes it.`]
      : []),
    ...oidcProviders.map((arn) => `✔ Deleted: ${arn}`),
  ];
}

export const cleanupAccount: Command = {
  name: 'cleanup-account',
  summary: 'take everything back that setup-account has made',
  description:
    'Removes the permissions, the registration, the stack with its functions, versions, roles and bucket. Log groups are kept unless told otherwise, an archive of the logs is always kept, and OIDC providers are never touched unless told otherwise. What is gone already is skipped.',
  options: [
    { flags: '--delete-logs', description: 'delete the log groups with all their records, too' },
    {
      flags: '--delete-oidc-providers',
      description:
        'delete the OIDC providers that are tagged as those of ROSA clusters; clusters that use them stop working',
    },
  ],
  examples: ['rosactl cleanup-account', 'rosactl cleanup-account --delete-logs --yes'],
  run: async (context, { deleteLogs, deleteOidcProviders }) => {
    const { account } = await context.caller();
    const oidcProviders = deleteOidcProviders ? await context.oidcProviders.list() : [];
    await context.confirm(question(account, context.region, deleteLogs === true, oidcProviders));
    const removal = await removeAccount(context, { deleteLogs: deleteLogs === true, oidcProviders });
    return {
      exitCode: exitByRegistration[removal.registration] ?? exitCodes.fine,
      data: removal,
      lines: linesOf(removal),
    };
  },
};
