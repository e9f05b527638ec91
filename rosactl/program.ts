import type { ExitCode } from '../shared/cli/exit-codes.ts';
import { outputFormats } from '../shared/cli/output.ts';
import { runTool, type Io as ToolIo } from '../shared/cli/run.ts';
import type { Tool } from '../shared/cli/tool.ts';
import type { CommandContext } from './command.ts';
import { commands } from './commands/index.ts';
import { advise } from './failure.ts';
import { globalOptions } from './global-options.ts';
import type { GlobalFlags } from './settings.ts';

const rosactl: Tool<CommandContext> = {
  name: 'rosactl',
  description: "Sees to the Lambda functions of ROSA in a customer's account, and to its clusters.",
  commands,
  globalOptions,
  outputFormats,
  advise,
};

/** Where a run of rosactl reads and writes. */
export type Io = ToolIo<CommandContext, GlobalFlags>;

/**
 * Runs rosactl.
 * @param argv the words after `rosactl`
 * @returns the exit status; whatever happens, it does not throw
 */
export const run = (argv: string[], io: Io): Promise<ExitCode> => runTool(rosactl, argv, io);
