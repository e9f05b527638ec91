import { InvalidArgumentError, Option, Command as Program } from 'commander';
import type { Command, CommandOption, OptionValues } from './command.ts';
import type { CommonFlags, Tool } from './tool.ts';
import { version } from './version.ts';

type Execute<Context, Flags> = (
  command: Command<Context>,
  options: OptionValues,
  flags: Flags & CommonFlags,
) => Promise<void>;

const examplesOf = ({ examples }: { examples: readonly string[] }): string =>
  `\nExamples:\n${examples.map((one) => `  ${one}`).join('\n')}`;

function optionOf({ flags, description, choices, required, conflicts, problem }: CommandOption): Option {
  const option = new Option(flags, description);
  if (choices) option.choices(choices);
  if (conflicts) option.conflicts([...conflicts]);
  if (problem) {
    option.argParser((value: string) => {
      const found = problem(value);
      if (found) throw new InvalidArgumentError(found);
      return value;
    });
  }
  return option.makeOptionMandatory(required ?? false);
}

/** The command above one of two words, such as `create` above `create cluster`; made when it is first needed. */
function groupFor(program: Program, words: string[]): Program {
  const [group] = words;
  if (words.length < 2 || !group) return program;
  const known = program.commands.find((one) => one.name() === group);
  return known ?? program.command(group).summary(`${group} …: see "${program.name()} ${group} --help"`);
}

function addCommand<Context, Flags>(
  program: Program,
  command: Command<Context>,
  execute: Execute<Context, Flags>,
): void {
  const words = command.name.split(' ');
  const sub = groupFor(program, words).command(words.at(-1) ?? command.name);
  sub.summary(command.summary).description(command.description);
  for (const argument of command.arguments ?? []) {
    const made = sub.createArgument(argument.name, argument.description);
    sub.addArgument(argument.choices ? made.choices(argument.choices) : made);
  }
  for (const option of command.options) sub.addOption(optionOf(option));
  sub.addHelpText('after', examplesOf(command)).action(async () => {
    const given = sub.registeredArguments.map((argument, index) => [argument.name(), sub.args[index]]);
    const options = { ...Object.fromEntries(given), ...sub.opts() };
    await execute(command, options, program.opts<Flags & CommonFlags>());
  });
}

/**
 * Makes the parser of all commands of a tool.
 * @param out where help goes
 * @param execute runs the command that was asked for
 */
export function buildProgram<Context, Flags>(
  tool: Tool<Context>,
  out: (text: string) => void,
  execute: Execute<Context, Flags>,
): Program {
  const program = new Program(tool.name)
    .description(tool.description)
    .version(version, '--version')
    .configureHelp({ showGlobalOptions: true })
    .exitOverride()
    .configureOutput({ writeOut: out, writeErr: () => {} })
    .showSuggestionAfterError();
  for (const option of tool.globalOptions) program.addOption(optionOf(option));
  for (const command of tool.commands) addCommand(program, command, execute);
  return program;
}
