import type { Command as ToolCommand } from '../../shared/cli/command.ts';
import type { Shell } from '../../shared/cli/run.ts';
import type { ResourceStore } from '../../shared/resources/resource-store.ts';

/** What a command may use. Making it calls nobody. */
export interface Context extends Pick<Shell, 'tasks' | 'confirm' | 'show' | 'interruption' | 'warn'> {
  store: ResourceStore;
  /** The text of a file; `-` is standard input. @throws UsageError when there is none */
  readText(file: string): Promise<string>;
  now(): Date;
  /** Waits, but no longer than until the signal. */
  pause(ms: number, signal?: AbortSignal): Promise<void>;
}

/** One command: data that says what it is, and the work. To add one, write a file and list it in `commands/index.ts`. */
export type Command = ToolCommand<Context>;
