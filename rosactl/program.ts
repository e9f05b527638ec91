import { CommanderError, type Command as Program } from 'commander';
import type { Tasks } from '../shared/tasks.ts';
import { type AllFlags, buildProgram } from './build-program.ts';
import type { Command, CommandContext } from './command.ts';
import { confirmer } from './confirm.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { causesOf, type Failure, failureOf } from './failure.ts';
import { type OutputFormat, outputFormats, renderFailure, renderOutcome, renderPart } from './output.ts';
import type { Paint } from './paint.ts';
import type { GlobalFlags } from './settings.ts';
import { UsageError } from './usage-error.ts';

/** What a command's context is made from, beside the settings. */
export interface Shell {
  tasks: Tasks;
  confirm: CommandContext['confirm'];
  show: CommandContext['show'];
  interruption: CommandContext['interruption'];
  paint: Paint;
  /** Told what goes on underneath, with `--verbose`. */
  verbose(line: string): void;
}

/** Where a run of rosactl reads and writes. */
export interface Io {
  out(text: string): void;
  err(text: string): void;
  /** Asks the person; absent where nobody can answer. */
  ask?(question: string): Promise<string>;
  /** Shows long work on standard error. */
  tasks(wanted: { color: boolean }): Promise<Tasks>;
  /** Colours what goes to standard output. */
  paint(wanted: { color: boolean }): Paint;
  interruption(): AbortSignal;
  context(flags: GlobalFlags, shell: Shell): Promise<CommandContext>;
}

/** Usage errors come before options are parsed, so the wanted format is looked for by hand. */
function wantedFormat(argv: string[]): OutputFormat {
  const index = argv.indexOf('--output');
  const given = index >= 0 ? argv[index + 1] : argv.find((word) => word.startsWith('--output='))?.slice(9);
  return outputFormats.find((format) => format === given) ?? 'table';
}

const usageFailure = (error: CommanderError): Failure =>
  failureOf(new UsageError(error.message.replace(/^error: /, '')));

async function shellFor(io: Io, flags: AllFlags, format: OutputFormat): Promise<Shell> {
  return {
    tasks: await io.tasks({ color: flags.color }),
    confirm: confirmer({ yes: flags.yes ?? false, ask: io.ask }),
    show: async (part) => io.out(await renderPart(part, format)),
    interruption: io.interruption,
    paint: io.paint({ color: flags.color }),
    verbose: (line) => {
      if (flags.verbose) io.err(`${line}\n`);
    },
  };
}

/**
 * Runs rosactl.
 * @param argv the words after `rosactl`
 * @returns the exit status; whatever happens, it does not throw
 */
export async function run(argv: string[], io: Io): Promise<ExitCode> {
  const format = wantedFormat(argv);
  let exitCode: ExitCode = exitCodes.fine;
  const contextFor = async ({ offline }: Command, flags: AllFlags): Promise<CommandContext> =>
    offline ? ({} as CommandContext) : io.context(flags, await shellFor(io, flags, format));
  const program = buildProgram(io.out, async (command, options, flags) => {
    const outcome = await command.run(await contextFor(command, flags), options);
    io.out(await renderOutcome(outcome, format));
    exitCode = outcome.exitCode;
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.fine;
    if (error instanceof CommanderError && error.code === 'commander.help')
      return showHelp(program, argv, io);
    const failure = error instanceof CommanderError ? usageFailure(error) : failureOf(error);
    io.err(renderFailure(failure, format));
    if (argv.includes('--verbose')) io.err(`${causesOf(error).join('\ncaused by ')}\n`);
    return failure.exitCode;
  }
}

/** Without a command there is nothing to do but to show what there is. */
function showHelp(program: Program, argv: string[], io: Io): ExitCode {
  const group = program.commands.find((one) => argv.includes(one.name()));
  io.err((group ?? program).helpInformation());
  return exitCodes.usage;
}
