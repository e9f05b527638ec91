import { exitCodes } from '../../shared/cli/exit-codes.ts';
import type { Release } from '../../shared/customer-stack/release-manifest.ts';
import { accessStatus } from '../../shared/status/access-role.ts';
import { accountStatus } from '../../shared/status/account-status.ts';
import type { FunctionStatus } from '../../shared/status/function-status.ts';
import { registrationStatus } from '../../shared/status/registration.ts';
import { accessLines } from '../access-lines.ts';
import type { Command, CommandContext } from '../command.ts';
import { statusLines } from '../status-lines.ts';

/** The release that rosactl carries, or why there is none: from the sources it has none until it is built. */
async function carriedRelease({ release }: CommandContext): Promise<{ release?: Release; why?: string }> {
  return release()
    .then((found) => ({ release: found }))
    .catch((error: Error) => {
      if (error.name === 'IntegrityError') return { why: error.message };
      throw error;
    });
}

type Compared = Pick<FunctionStatus, 'drift' | 'notDetermined'>;

/** Whether everything could be read and compared, and nothing differs. */
const isAsItShouldBe = (all: Compared[], release: Release | undefined): boolean =>
  release !== undefined &&
  all.every(({ drift, notDetermined }) => drift.length === 0 && notDetermined.length === 0);

export const status: Command = {
  name: 'status',
  summary: 'show what each stage runs, who may invoke it, and what has drifted',
  description:
    'Reads versions, permissions, log groups and roles of the three functions, and compares them with what this release would deploy; asks the Platform API what it knows of the account. Changes nothing. What may not be read is said, and the rest is shown.',
  options: [
    {
      flags: '--exit-code',
      description: 'exit 1 when anything has drifted, or could not be read and compared',
    },
  ],
  examples: ['rosactl status', 'rosactl status --output json', 'rosactl status --exit-code'],
  run: async (context, options) => {
    const { region, stack, platformApi } = context;
    const [installed, { release, why }, state, { account, partition }] = await Promise.all([
      context.installed(),
      carriedRelease(context),
      stack.state(),
      context.caller(),
    ]);
    const parameters = state?.parameters ?? {};
    const access = await accessStatus(context, { region, partition, parameters });
    const registration = await registrationStatus(platformApi, account);
    const all = await accountStatus(context, { region, installed, release, parameters });
    return {
      exitCode:
        options.exitCode && !isAsItShouldBe([...all, access], release) ? exitCodes.no : exitCodes.fine,
      data: {
        region,
        release: release ? { version: release.version, id: release.id } : null,
        deployedRelease: state?.release ?? null,
        access,
        registration,
        functions: all,
      },
      lines: [
        ...statusLines(all, access, { version: release?.version, why }),
        ...accessLines(access, registration),
      ],
    };
  },
};
