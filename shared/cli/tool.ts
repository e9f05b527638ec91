import type { Command, CommandOption } from './command.ts';
import type { Advice } from './failure.ts';

/** A command-line tool: what it is called, what it can do, and what it says of its failures. */
export interface Tool<Context> {
  name: string;
  description: string;
  commands: readonly Command<Context>[];
  /** Flags of every command; `--output`, `--yes`, `--verbose` and `--no-color` among them. */
  globalOptions: readonly CommandOption[];
  /** Ways to show a result: `table`, `json`, `yaml` and what else the tool has. */
  outputFormats: readonly string[];
  /** What to do about an error of its own; undefined for those that all tools have. */
  advise(error: unknown): Advice | undefined;
}

/** Flags that every tool has, as they were given. */
export interface CommonFlags {
  color: boolean;
  yes?: boolean;
  verbose?: boolean;
}

/** Options that every tool ends its own with. */
export const commonOptions: readonly CommandOption[] = [
  { flags: '--yes', description: 'answer every question with yes' },
  { flags: '--verbose', description: 'show what goes on underneath' },
  { flags: '--no-color', description: 'show no colour; NO_COLOR does the same' },
];
