import type { InitDependencies } from '../shared/account/init-checks.ts';
import type { RemovalDependencies } from '../shared/account/remove-account.ts';
import type { SetUpDependencies } from '../shared/account/set-up-account.ts';
import type { Command as ToolCommand } from '../shared/cli/command.ts';
import type { Shell } from '../shared/cli/run.ts';
import type { InstalledFunction } from '../shared/customer-stack/components.ts';
import type { LegacySource } from '../shared/legacy-access/legacy-facts.ts';
import type { InvocationLogs } from '../shared/logs/invocation-logs.ts';
import type { StatusSources } from '../shared/status/function-facts.ts';

export type { CommandOption, CommandOutcome, OptionValues } from '../shared/cli/command.ts';

/** What a command may use. Making it calls nobody. */
export interface CommandContext
  extends SetUpDependencies,
    InitDependencies,
    RemovalDependencies,
    LegacySource,
    StatusSources,
    Pick<Shell, 'confirm' | 'paint' | 'show' | 'interruption'> {
  invocationLogs: InvocationLogs;
  /** The functions that were deployed to this account and region. @throws Refused when there are none */
  installed(): Promise<InstalledFunction[]>;
}

/** One command: data that says what it is, and the work. To add one, write a file and list it in `index.ts`. */
export type Command = ToolCommand<CommandContext>;
