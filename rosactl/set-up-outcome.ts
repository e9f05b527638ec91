import type { Registration } from '../shared/account/register-account.ts';
import type { SetUp } from '../shared/account/set-up-account.ts';
import { type ExitCode, exitCodes } from '../shared/cli/exit-codes.ts';
import { table } from '../shared/cli/table.ts';
import { accessRoleName } from '../shared/customer-stack/access-role.ts';
import type { CommandOutcome } from './command.ts';

/** What new clusters use, when it is not what was just set up. */
function modeLines(accessMode: string | undefined): string[] {
  if (accessMode !== 'oidc-sts') return accessMode ? [`  Its access mode is ${accessMode}.`] : [];
  return [
    '! Its access mode is oidc-sts: new clusters do not use the functions until "rosactl migrate-account" makes it dual.',
  ];
}

/** What stands between the account and its registration, and who can help. */
function unregisteredLines(
  { account, region }: SetUp,
  { status, reason }: Extract<Registration, { reason: string }>,
): string[] {
  if (status === 'not asked for') return [`! The account was not registered: ${reason}.`];
  if (status === 'differs')
    return [
      `✖ The account is registered, but ${reason}.`,
      '  Ask the people who run the Platform API to take the account off, then run this again.',
    ];
  return [
    `✖ The account is not registered: ${reason}.`,
    `  The functions are ready. Ask the people who run the Platform API to register account ${account} in ${region}`,
    '  (an account with the right to do so sends what "--output json" shows), then run this again.',
  ];
}

function registrationLines(setUp: SetUp): string[] {
  const { registration, account } = setUp;
  if ('reason' in registration) return unregisteredLines(setUp, registration);
  const { status, changes = [], accessMode } = registration;
  const what = status === 'changed' ? 'was registered already; this is changed:' : `is ${status}.`;
  return [
    `✔ The account ${account} ${what}`,
    ...changes.map((change) => `    ${change}`),
    ...modeLines(accessMode),
  ];
}

/** Who may invoke prod, and how. */
function entryLines({ authentication, clmRoleArn, externalId, region }: SetUp): string[] {
  if (authentication === 'resource-policy')
    return [`✔ ${clmRoleArn} may invoke prod, and nobody else outside the account.`];
  return [
    `✔ ${clmRoleArn} may assume ${accessRoleName(region)} with the external id ${externalId}, which may invoke prod.`,
    '  No alias lets in anybody outside the account.',
  ];
}

/** A registration that is not as it should be is not what was asked for. */
const exitByRegistration: Partial<Record<Registration['status'], ExitCode>> = {
  refused: exitCodes.credentials,
  differs: exitCodes.no,
};

/** What setting an account up has to say. */
export function setUpOutcome(setUp: SetUp): CommandOutcome {
  const { account, region, release, authentication, clmRoleArn, externalId, registration, functions } = setUp;
  const rows = functions.map(({ name, version, from, published }) => [
    name,
    version,
    from ?? '-',
    published ? 'published' : 'unchanged',
  ]);
  return {
    exitCode: exitByRegistration[registration.status] ?? exitCodes.fine,
    data: {
      account,
      region,
      release,
      authentication,
      clmRoleArn,
      ...(externalId && { externalId, accessRole: accessRoleName(region) }),
      registration,
      functions: functions.map(({ component, name, version, from, published, smokeTestId }) => ({
        component,
        name,
        version,
        before: from ?? null,
        published,
        dryRunRequestId: smokeTestId,
      })),
    },
    lines: [
      ...table([['FUNCTION', 'prod NOW', 'BEFORE', 'VERSION WAS'], ...rows]),
      '',
      ...entryLines(setUp),
      ...registrationLines(setUp),
      '',
      'Next: rosactl status, or rosactl verify preflight',
    ],
  };
}
