import type { ExitCode } from './exit-codes.ts';

/** An option of a command. */
export interface CommandOption {
  /** As commander writes them: `--from <stage>`, `-n, --namespace <name>`. */
  flags: string;
  description: string;
  choices?: readonly string[];
  required?: boolean;
  /** Options, by their camel-case names, that contradict this one. */
  conflicts?: readonly string[];
  /** Says what is wrong with a value in a sentence, such as `It must be …`; undefined when it is fine. */
  problem?(value: string): string | undefined;
}

/** A word that follows the command's name: `<name>`, or `[name]` when it may be left out. */
interface CommandArgument {
  name: string;
  description: string;
  choices?: readonly string[];
}

/** What a command has to say, in one form for programs and one for people. */
export interface CommandOutcome {
  exitCode: ExitCode;
  /** For `--output json` and `yaml`; undefined when all has been shown already. */
  data: unknown;
  /** For `--output table`. */
  lines: string[];
  /** For further formats of a tool, by their names; a format that is not among them shows `lines`. */
  linesAs?: Record<string, string[]>;
}

/** A part of an outcome, before the rest is known. */
export type CommandPart = Omit<CommandOutcome, 'exitCode'>;

/** The values of a command's options and arguments by their camel-case names; a flag without a value is `true`. */
export type OptionValues = Record<string, string | true | undefined>;

/** One command: data that says what it is, and the work. */
export interface Command<Context> {
  /** One word or two: `status`, `create cluster`. */
  name: string;
  summary: string;
  description: string;
  arguments?: readonly CommandArgument[];
  options: readonly CommandOption[];
  examples: readonly string[];
  /** Uses nothing of its context, which then need not be there: works without credentials, region or network. */
  offline?: true;
  run(context: Context, options: OptionValues): Promise<CommandOutcome>;
}
