import { exitCodes } from '../../../shared/cli/exit-codes.ts';
import { version as ours } from '../../../shared/cli/version.ts';
import { apiVersion } from '../../resources/api.ts';
import type { Command } from '../command.ts';

export const version: Command = {
  name: 'version',
  summary: 'print the version',
  description: 'Prints the version of accountctl and that of the resources it knows.',
  offline: true,
  options: [],
  examples: ['accountctl version', 'accountctl version -o json'],
  run: async () => ({
    exitCode: exitCodes.fine,
    data: { accountctl: ours, apiVersion },
    lines: [`accountctl ${ours}, ${apiVersion}`],
  }),
};
