import type { InitDependencies } from '../shared/account/init-checks.ts';
import type { RemovalDependencies } from '../shared/account/remove-account.ts';
import type { SetUpDependencies } from '../shared/account/set-up-account.ts';
import type { InstalledFunction } from '../shared/customer-stack/components.ts';
import type { LegacySource } from '../shared/legacy-access/legacy-facts.ts';
import type { InvocationLogs } from '../shared/logs/invocation-logs.ts';
import type { StatusSources } from '../shared/status/function-facts.ts';
import type { ExitCode } from './exit-codes.ts';
import type { Paint } from './paint.ts';

/** An option of a command. */
export interface CommandOption {
  /** As commander writes them: `--from <stage>`. */
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

/** What a command may use. Making it calls nobody. */
export interface CommandContext
  extends SetUpDependencies,
    InitDependencies,
    RemovalDependencies,
    LegacySource,
    StatusSources {
  invocationLogs: InvocationLogs;
  /** The functions that were deployed to this account and region. @throws Refused when there are none */
  installed(): Promise<InstalledFunction[]>;
  /** Asks the person; `--yes` answers for them. @throws Declined unless the answer is yes */
  confirm(question: string): Promise<void>;
  /** Colours what goes to standard output. */
  paint: Paint;
  /** Shows a part of the outcome at once: lines, or one line of JSON, or one YAML document. */
  show(part: Pick<CommandOutcome, 'data' | 'lines'>): Promise<void>;
  /** From now on Ctrl-C does not end the process but gives this signal. */
  interruption(): AbortSignal;
}

/** What a command has to say, in one form for programs and one for people. */
export interface CommandOutcome {
  exitCode: ExitCode;
  /** For `--output json` and `yaml`; undefined when all has been shown already. */
  data: unknown;
  /** For `--output table`. */
  lines: string[];
}

/** The values of a command's options and arguments by their camel-case names; a flag without a value is `true`. */
export type OptionValues = Record<string, string | true | undefined>;

/** One command: data that says what it is, and the work. To add one, write a file and list it in `index.ts`. */
export interface Command {
  /** One word or two: `status`, `create cluster`. */
  name: string;
  summary: string;
  description: string;
  arguments?: readonly CommandArgument[];
  options: readonly CommandOption[];
  examples: readonly string[];
  /** Uses nothing of its context, which then need not be there: works without credentials, region or network. */
  offline?: true;
  run(context: CommandContext, options: OptionValues): Promise<CommandOutcome>;
}
