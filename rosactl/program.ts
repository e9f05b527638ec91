import { CommanderError, Option, Command as Program } from 'commander';
import type { Command, CommandContext, OptionValues } from './command.ts';
import { commands } from './commands/index.ts';
import type { GlobalFlags } from './context.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { type Failure, failureOf } from './failure.ts';
import { type OutputFormat, outputFormats, renderFailure, renderOutcome } from './output.ts';

/** Where a run of rosactl reads and writes. */
export interface Io {
  out(text: string): void;
  err(text: string): void;
  context(flags: GlobalFlags, progress: (step: string) => void): Promise<CommandContext>;
}

const examplesOf = ({ examples }: Command): string =>
  `\nExamples:\n${examples.map((one) => `  ${one}`).join('\n')}`;

/** Usage errors come before options are parsed, so the wanted format is looked for by hand. */
function wantedFormat(argv: string[]): OutputFormat {
  const index = argv.indexOf('--output');
  const given = index >= 0 ? argv[index + 1] : argv.find((word) => word.startsWith('--output='))?.slice(9);
  return outputFormats.find((format) => format === given) ?? 'table';
}

function usageFailure(error: CommanderError): Failure {
  const message = error.message.replace(/^error: /, '');
  return {
    code: 'UsageError',
    message,
    next: '"rosactl --help" lists commands and flags',
    exitCode: exitCodes.usage,
  };
}

function addCommand(program: Program, command: Command, act: (options: OptionValues) => Promise<void>): void {
  const sub = program.command(command.name).summary(command.summary).description(command.description);
  for (const { flags, description, choices, required } of command.options) {
    const option = new Option(flags, description);
    if (choices) option.choices(choices);
    sub.addOption(option.makeOptionMandatory(required ?? false));
  }
  sub.addHelpText('after', examplesOf(command)).action(act);
}

function buildProgram(
  io: Io,
  execute: (command: Command, options: OptionValues, flags: GlobalFlags) => Promise<void>,
) {
  const program = new Program('rosactl')
    .description("Sees to the Lambda functions of ROSA in a customer's account.")
    .addOption(new Option('--profile <name>', 'AWS profile to use'))
    .addOption(
      new Option('--region <region>', 'AWS region (default: ROSACTL_REGION, then the AWS configuration)'),
    )
    .addOption(
      new Option('--output <format>', 'how results are shown').choices(outputFormats).default('table'),
    )
    .exitOverride()
    .configureOutput({ writeOut: io.out, writeErr: () => {} })
    .showSuggestionAfterError();
  for (const command of commands) {
    addCommand(program, command, (options) => execute(command, options, program.opts<GlobalFlags>()));
  }
  return program;
}

/**
 * Runs rosactl.
 * @param argv the words after `rosactl`
 * @returns the exit status; whatever happens, it does not throw
 */
export async function run(argv: string[], io: Io): Promise<ExitCode> {
  const format = wantedFormat(argv);
  let exitCode: ExitCode = exitCodes.fine;
  const program = buildProgram(io, async (command, options, flags) => {
    const context = await io.context(flags, (step) => io.err(`${step}\n`));
    const outcome = await command.run(context, options);
    io.out(renderOutcome(outcome, format));
    exitCode = outcome.exitCode;
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.fine;
    if (error instanceof CommanderError && error.code === 'commander.help') return showHelp(program, io);
    const failure = error instanceof CommanderError ? usageFailure(error) : failureOf(error);
    io.err(renderFailure(failure, format));
    return failure.exitCode;
  }
}

/** Without a command there is nothing to do but to show what there is. */
function showHelp(program: Program, io: Io): ExitCode {
  io.err(program.helpInformation());
  return exitCodes.usage;
}
