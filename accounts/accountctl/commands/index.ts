import type { CommandOption } from '../../../shared/cli/command.ts';
import { completionOf } from '../../../shared/cli/completion/completion.ts';
import type { Command } from '../command.ts';
import { apply } from './apply.ts';
import { claim } from './claim.ts';
import { deleteCommand } from './delete.ts';
import { describe } from './describe.ts';
import { get } from './get.ts';
import { release } from './release.ts';
import { reset } from './reset.ts';
import { rotate } from './rotate.ts';
import { version } from './version.ts';

const commands: readonly Command[] = [
  apply,
  get,
  describe,
  deleteCommand,
  claim,
  release,
  reset,
  rotate,
  version,
];

/** Every command, the one that completes the others included. */
export const commandsWith = (globalOptions: readonly CommandOption[]): readonly Command[] => [
  ...commands,
  completionOf('accountctl', globalOptions, commands),
];
