import type { Command, CommandOption } from '../command.ts';

/** A word that may come next, and what it is. */
export interface Noun {
  word: string;
  description: string;
}

/** A flag that may come next. */
export interface Flag extends Noun {
  takesValue: boolean;
  /** Its value is the name of a file. */
  isFile: boolean;
  /** The values there are; empty when any may be given. */
  choices: readonly string[];
}

/** What may come after some words: those that are no flags and no values of flags. */
export interface Place {
  /** Such as `create cluster`; empty at the beginning. */
  path: string;
  /** Commands, or the values of the command's first argument. */
  nouns: Noun[];
  flags: Flag[];
}

/** `-n, --namespace <name>` is offered as `--namespace`. */
const flagOf = ({ flags, description, choices = [] }: CommandOption): Flag => {
  const [word = '', value] = flags.replace(/^-\w, /, '').split(' ');
  return { word, description, takesValue: value !== undefined, isFile: value === '<file>', choices };
};

const help = { flags: '--help', description: 'say what there is and how it is used' };

/** A command as far as its completion goes. */
type Named = Pick<Command<never>, 'name' | 'summary' | 'options' | 'arguments'>;

function placeOf({ name, options, arguments: [argument] = [] }: Named): Place {
  const choices = argument?.choices ?? [];
  return {
    path: name,
    nouns: choices.map((word) => ({ word, description: argument?.description ?? '' })),
    flags: options.map(flagOf),
  };
}

/** `create`, above `create cluster`. */
function groupsOf(commands: readonly Named[]): Place[] {
  const groups = new Map<string, Noun[]>();
  for (const { name, summary } of commands) {
    const [group = '', word] = name.split(' ');
    if (word) groups.set(group, [...(groups.get(group) ?? []), { word, description: summary }]);
  }
  return [...groups].map(([path, nouns]) => ({ path, nouns, flags: [] }));
}

function beginning(commands: readonly Named[], groups: Place[]): Place {
  const single = commands.filter(({ name }) => !name.includes(' '));
  const nouns = [
    ...single.map(({ name, summary }) => ({ word: name, description: summary })),
    ...groups.map((group) => ({
      word: group.path,
      description: group.nouns.map(({ description }) => description).join('; '),
    })),
  ];
  return { path: '', nouns, flags: [flagOf({ flags: '--version', description: 'print the version' })] };
}

/** The command line of a tool, as far as its completion goes. */
export interface CommandLine {
  /** The name of the tool. */
  tool: string;
  /** Every place there is, the beginning first. */
  places: readonly Place[];
  /** Flags that fit everywhere. */
  globalFlags: readonly Flag[];
}

/** The command line of a tool with these commands and global options. */
export function commandLineOf(
  tool: string,
  commands: readonly Named[],
  globalOptions: readonly CommandOption[],
): CommandLine {
  const groups = groupsOf(commands);
  const places = [beginning(commands, groups), ...groups, ...commands.map(placeOf)];
  return { tool, places, globalFlags: [...globalOptions, help].map(flagOf) };
}

/** The flags, of any command, after which a value comes. */
export function valueFlags({ globalFlags, places }: CommandLine): string[] {
  const all = [...globalFlags, ...places.flatMap(({ flags }) => flags)];
  return [...new Set(all.filter(({ takesValue }) => takesValue).map(({ word }) => word))];
}
