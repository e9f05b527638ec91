import { revokeAccess } from '../../shared/account/revoke-access.ts';
import { exitCodes } from '../../shared/cli/exit-codes.ts';
import { table } from '../../shared/cli/table.ts';
import type { Command } from '../command.ts';

export const cleanupAccess: Command = {
  name: 'cleanup-access',
  summary: 'let nobody from outside invoke the functions any more',
  description:
    'Removes every permission from the functions and from the aliases of all stages, and closes the role that the platform assumes, if there is one. The functions stay as they are and can still be invoked from within the account. This is what to do first when the regional role is in the wrong hands.',
  options: [],
  examples: ['rosactl cleanup-access', 'rosactl cleanup-access --yes --output json'],
  run: async (context) => {
    const names = (await context.installed()).map(({ name }) => name);
    await context.confirm(`Remove all permissions to invoke ${names.join(', ')} from outside the account?`);
    const revoked = await revokeAccess(context, (await context.stack.state())?.parameters ?? {});
    const rows = revoked.map(({ name, stage, removed }) => [name, stage ?? '(itself)', String(removed)]);
    return {
      exitCode: exitCodes.fine,
      data: { places: revoked.map((one) => ({ ...one, stage: one.stage ?? null })) },
      lines: [
        ...table([['FUNCTION OR ROLE', 'STAGE', 'PERMISSIONS REMOVED'], ...rows]),
        '',
        'Nobody outside the account may invoke the functions. To let the role in again: rosactl setup-account',
      ],
    };
  },
};
