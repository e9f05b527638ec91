import type { CommandOption } from '../../shared/cli/command.ts';
import type { ExitCode } from '../../shared/cli/exit-codes.ts';
import { outputFormats } from '../../shared/cli/output.ts';
import { runTool, type Io as ToolIo } from '../../shared/cli/run.ts';
import { commonOptions, type Tool } from '../../shared/cli/tool.ts';
import type { Context } from './command.ts';
import { commandsWith } from './commands/index.ts';
import { advise } from './failure.ts';
import type { GlobalFlags } from './settings.ts';

const formats = [...outputFormats, 'wide', 'name'];

/** Flags of every command. */
const globalOptions: readonly CommandOption[] = [
  {
    flags: '--table <name>',
    description: 'DynamoDB table of the resources (default: ACCOUNTCTL_TABLE, then rosa-accounts)',
  },
  {
    flags: '--region <region>',
    description: 'AWS region of the table (default: ACCOUNTCTL_REGION, then the AWS configuration)',
  },
  { flags: '--profile <name>', description: 'AWS profile to use (default: ACCOUNTCTL_PROFILE)' },
  {
    flags: '-o, --output <format>',
    description: 'how results are shown (default: table)',
    choices: formats,
  },
  ...commonOptions,
];

/** Every command, in the order in which the help lists them. */
export const commands = commandsWith(globalOptions);

const accountctl: Tool<Context> = {
  name: 'accountctl',
  description: 'Shows, applies and deletes the resources of account minting.',
  commands,
  globalOptions,
  outputFormats: formats,
  advise,
};

/** Where a run of accountctl reads and writes. */
export type Io = ToolIo<Context, GlobalFlags>;

/**
 * Runs accountctl.
 * @param argv the words after `accountctl`
 * @returns the exit status; whatever happens, it does not throw
 */
export const run = (argv: string[], io: Io): Promise<ExitCode> => runTool(accountctl, argv, io);
