import { CommanderError, type Command as Program } from 'commander';
import type { Tasks } from '../tasks.ts';
import { buildProgram } from './build-program.ts';
import type { Command, CommandPart } from './command.ts';
import { confirmer } from './confirm.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { causesOf, type Failure, toolFailure } from './failure.ts';
import { renderFailure, renderOutcome, renderPart } from './output.ts';
import type { Paint } from './paint.ts';
import type { CommonFlags, Tool } from './tool.ts';
import { UsageError } from './usage-error.ts';

/** What a command's context is made from, beside the settings. */
export interface Shell {
  tasks: Tasks;
  /** Asks the person; `--yes` answers for them. @throws Declined unless the answer is yes */
  confirm(question: string): Promise<void>;
  /** Shows a part of the outcome at once: lines, or one line of JSON, or one YAML document. */
  show(part: CommandPart): Promise<void>;
  /** From now on Ctrl-C does not end the process but gives this signal. */
  interruption(): AbortSignal;
  /** Colours what goes to standard output. */
  paint: Paint;
  /** Tells of something to look at, on standard error. */
  warn(line: string): void;
  /** Told what goes on underneath, with `--verbose`. */
  verbose(line: string): void;
}

/** Where a run of a tool reads and writes. */
export interface Io<Context, Flags> {
  out(text: string): void;
  err(text: string): void;
  /** Asks the person; absent where nobody can answer. */
  ask?(question: string): Promise<string>;
  /** Shows long work on standard error. */
  tasks(wanted: { color: boolean }): Promise<Tasks>;
  /** Colours what goes to standard output. */
  paint(wanted: { color: boolean }): Paint;
  interruption(): AbortSignal;
  context(flags: Flags, shell: Shell): Promise<Context>;
}

/** Usage errors come before options are parsed, so the wanted format is looked for by hand. */
function wantedFormat<Context>({ outputFormats }: Tool<Context>, argv: string[]): string {
  const index = argv.findIndex((word) => word === '--output' || word === '-o');
  const joined = argv.map((word) => /^(?:--output=|-o=?)(.+)$/.exec(word)?.[1]);
  const given = index >= 0 ? argv[index + 1] : joined.find(Boolean);
  return outputFormats.find((format) => format === given) ?? 'table';
}

const usageFailure = <Context>(tool: Tool<Context>, error: CommanderError): Failure =>
  toolFailure(tool, new UsageError(error.message.replace(/^error: /, '')));

async function shellFor<Context, Flags>(
  io: Io<Context, Flags>,
  flags: CommonFlags,
  format: string,
): Promise<Shell> {
  return {
    tasks: await io.tasks({ color: flags.color }),
    confirm: confirmer({ yes: flags.yes ?? false, ask: io.ask }),
    show: async (part) => io.out(await renderPart(part, format)),
    interruption: io.interruption,
    paint: io.paint({ color: flags.color }),
    warn: (line) => io.err(`Warning: ${line}\n`),
    verbose: (line) => {
      if (flags.verbose) io.err(`${line}\n`);
    },
  };
}

/**
 * Runs a tool.
 * @param argv the words after its name
 * @returns the exit status; whatever happens, it does not throw
 */
export async function runTool<Context, Flags>(
  tool: Tool<Context>,
  argv: string[],
  io: Io<Context, Flags>,
): Promise<ExitCode> {
  const format = wantedFormat(tool, argv);
  let exitCode: ExitCode = exitCodes.fine;
  const contextFor = async ({ offline }: Command<Context>, flags: Flags & CommonFlags): Promise<Context> =>
    offline ? ({} as Context) : io.context(flags, await shellFor(io, flags, format));
  const program = buildProgram<Context, Flags>(tool, io.out, async (command, options, flags) => {
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
      return showHelp(program, argv, io.err);
    const failure = error instanceof CommanderError ? usageFailure(tool, error) : toolFailure(tool, error);
    io.err(renderFailure(tool.name, failure, format));
    if (argv.includes('--verbose')) io.err(`${causesOf(error).join('\ncaused by ')}\n`);
    return failure.exitCode;
  }
}

/** Without a command there is nothing to do but to show what there is. */
function showHelp(program: Program, argv: string[], err: (text: string) => void): ExitCode {
  const group = program.commands.find((one) => argv.includes(one.name()));
  err((group ?? program).helpInformation());
  return exitCodes.usage;
}
