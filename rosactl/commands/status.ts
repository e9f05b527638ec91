import { stages } from '../../shared/release/stages.ts';
import { type FunctionStatus, functionStatus } from '../../shared/release/status.ts';
import type { Command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { table } from '../table.ts';

const heading = ['FUNCTION', ...stages, 'NEWEST', 'MAY INVOKE prod FROM OUTSIDE'];

const row = ({ name, stages: pointed, newest, prodPrincipals }: FunctionStatus): string[] => [
  name,
  ...stages.map((stage) => pointed[stage] ?? '-'),
  newest ?? '-',
  prodPrincipals.join(', ') || 'nobody',
];

export const status: Command = {
  name: 'status',
  summary: 'show which version each stage runs and who may invoke it',
  description: 'Reads the aliases, versions and invoke permissions of the three functions. Changes nothing.',
  options: [],
  examples: ['rosactl status', 'rosactl status --output json'],
  run: async ({ functions, installed, region }) => {
    const all = await Promise.all((await installed()).map(({ name }) => functionStatus(functions, name)));
    return {
      exitCode: exitCodes.fine,
      data: { region, functions: all },
      lines: table([heading, ...all.map(row)]),
    };
  },
};
