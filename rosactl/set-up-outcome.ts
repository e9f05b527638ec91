import type { Registration } from '../shared/account/register-account.ts';
import type { SetUp } from '../shared/account/set-up-account.ts';
import { type ExitCode, exitCodes } from '../shared/cli/exit-codes.ts';
import { table } from '../shared/cli/table.ts';
import type { CommandOutcome } from './command.ts';

function registrationLines({ registration, account, region }: SetUp): string[] {
  if ('reason' in registration && registration.status === 'refused') {
    return [
      `✖ The account is not registered: ${registration.reason}.`,
      `  The functions are ready. Ask the people who run the Platform API to register account ${account} in ${region}`,
      '  (an account with the right to do so sends what "--output json" shows), then run this again.',
    ];
  }
  if (registration.status === 'differs') {
    return [
      `✖ The account is registered, but ${registration.reason}.`,
      '  Ask the people who run the Platform API to take the account off, then run this again.',
    ];
  }
  if ('reason' in registration) return [`! The account was not registered: ${registration.reason}.`];
  return [`✔ The account ${account} is ${registration.status}.`];
}

/** A registration that is not as it should be is not what was asked for. */
const exitByRegistration: Partial<Record<Registration['status'], ExitCode>> = {
  refused: exitCodes.credentials,
  differs: exitCodes.no,
};

/** What setting an account up has to say. */
export function setUpOutcome(setUp: SetUp): CommandOutcome {
  const { account, region, release, clmRoleArn, registration, functions } = setUp;
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
      clmRoleArn,
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
      `✔ ${clmRoleArn} may invoke prod, and nobody else outside the account.`,
      ...registrationLines(setUp),
      '',
      'Next: rosactl status, or rosactl verify preflight',
    ],
  };
}
