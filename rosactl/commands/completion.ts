import { completionOf } from '../../shared/cli/completion/completion.ts';
import type { Command } from '../command.ts';
import { globalOptions } from '../global-options.ts';

/** The command that prints the completion of the other commands and of itself. */
export const completionFor = (others: readonly Command[]): Command =>
  completionOf('rosactl', globalOptions, others);
