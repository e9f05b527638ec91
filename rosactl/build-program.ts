import { InvalidArgumentError, Option, Command as Program } from 'commander';
import type { Command, CommandOption, OptionValues } from './command.ts';
import { commands } from './commands/index.ts';
import { globalOptions } from './global-options.ts';
import type { GlobalFlags } from './settings.ts';
import { version } from './version.ts';

/** Flags that every command has, as they were given. */
export type AllFlags = GlobalFlags & { color: boolean };
type Execute = (command: Command, options: OptionValues, flags: AllFlags) => Promise<void>;

const examplesOf = ({ examples }: Command): string =>
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
  return known ?? program.command(group).summary(`${group} …: see "rosactl ${group} --help"`);
}

function addCommand(program: Program, command: Command, execute: Execute): void {
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
    await execute(command, { ...Object.fromEntries(given), ...sub.opts() }, program.opts<AllFlags>());
  });
}

/**
 * Makes the parser of all commands.
 * @param out where help goes
 * @param execute runs the command that was asked for
 */
export function buildProgram(out: (text: string) => void, execute: Execute): Program {
  const program = new Program('rosactl')
    .description("Sees to the Lambda functions of ROSA in a customer's account, and to its clusters.")
    .version(version, '--version')
    .configureHelp({ showGlobalOptions: true })
    .exitOverride()
    .configureOutput({ writeOut: out, writeErr: () => {} })
    .showSuggestionAfterError();
  for (const option of globalOptions) program.addOption(optionOf(option));
  for (const command of commands) addCommand(program, command, execute);
  return program;
}
