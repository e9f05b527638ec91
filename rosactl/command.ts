import type { ReleaseDependencies } from '../shared/release/release.ts';
import type { SmokeRequest } from '../shared/release/smoke-request.ts';
import type { ExitCode } from './exit-codes.ts';

/** An option of a command. */
interface CommandOption {
  /** As commander writes them: `--from <stage>`. */
  flags: string;
  description: string;
  choices?: readonly string[];
  required?: boolean;
}

/** A function of the customer's account, and the dry run it is tried with. */
export interface InstalledFunction {
  /** `oidc-provisioner`, `preflight-checker` or `network-verifier`. */
  component: string;
  name: string;
  smokeRequest: SmokeRequest;
}

/** What a command may use; nothing of it knows how output is shown. */
export interface CommandContext extends ReleaseDependencies {
  region: string;
  /** The functions that were deployed to this account and region. @throws Refused when there are none */
  installed(): Promise<InstalledFunction[]>;
}

/** What a command has to say, in one form for programs and one for people. */
export interface CommandOutcome {
  exitCode: ExitCode;
  /** For `--output json` and `yaml`. */
  data: unknown;
  /** For `--output table`. */
  lines: string[];
}

/** The values of a command's options by their camel-case names. */
export type OptionValues = Record<string, string | undefined>;

/** One command: data that says what it is, and the work. To add one, write a file and list it in `index.ts`. */
export interface Command {
  name: string;
  summary: string;
  description: string;
  options: readonly CommandOption[];
  examples: readonly string[];
  run(context: CommandContext, options: OptionValues): Promise<CommandOutcome>;
}
