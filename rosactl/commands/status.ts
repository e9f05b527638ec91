import type { Release } from '../../shared/customer-stack/release-manifest.ts';
import { accountStatus } from '../../shared/status/account-status.ts';
import type { FunctionStatus } from '../../shared/status/function-status.ts';
import type { Command, CommandContext } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
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

/** Whether everything could be read and compared, and nothing differs. */
const isAsItShouldBe = (all: FunctionStatus[], release: Release | undefined): boolean =>
  release !== undefined &&
  all.every(({ drift, notDetermined }) => drift.length === 0 && notDetermined.length === 0);

export const status: Command = {
  name: 'status',
  summary: 'show what each stage runs, who may invoke it, and what has drifted',
  description:
    'Reads versions, permissions, log groups and roles of the three functions, and compares them with what this release would deploy. Changes nothing. What may not be read is said, and the rest is shown.',
  options: [
    {
      flags: '--exit-code',
      description: 'exit 1 when anything has drifted, or could not be read and compared',
    },
  ],
  examples: ['rosactl status', 'rosactl status --output json', 'rosactl status --exit-code'],
  run: async (context, options) => {
    const { region, stack } = context;
    const [installed, { release, why }, state] = await Promise.all([
      context.installed(),
      carriedRelease(context),
      stack.state(),
    ]);
    const parameters = state?.parameters ?? {};
    const all = await accountStatus(context, { region, installed, release, parameters });
    return {
      exitCode: options.exitCode && !isAsItShouldBe(all, release) ? exitCodes.no : exitCodes.fine,
      data: {
        region,
        release: release ? { version: release.version, id: release.id } : null,
        deployedRelease: state?.release ?? null,
        functions: all,
      },
      lines: statusLines(all, { version: release?.version, why }),
    };
  },
};
