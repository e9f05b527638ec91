import { tellVersions, type VersionsTold } from '../shared/account/lambda-versions.ts';
import type { InstalledFunction } from '../shared/customer-stack/components.ts';
import type { Stage } from '../shared/release/stages.ts';
import type { CommandContext, CommandOutcome } from './command.ts';

function linesOf(told: VersionsTold): string[] {
  if (told.status !== 'failed') return [];
  return [
    `! The Platform API does not know of it: ${told.reason}.`,
    '  What runs is not touched by that; "rosactl setup-account" tells it.',
  ];
}

/** The outcome of a command that has moved a stage, after the platform was told what prod runs now. */
export async function withVersionsTold(
  context: CommandContext,
  { stage, installed }: { stage: Stage; installed: readonly InstalledFunction[] },
  outcome: CommandOutcome,
): Promise<CommandOutcome> {
  if (stage !== 'prod') return outcome;
  const told = await tellVersions(context, installed);
  return {
    ...outcome,
    data: { ...(outcome.data as object), platform: told },
    lines: [...outcome.lines, ...linesOf(told)],
  };
}
