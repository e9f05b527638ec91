import { exitCodes } from '../../shared/cli/exit-codes.ts';
import { table } from '../../shared/cli/table.ts';
import { canaryOf } from '../../shared/release/canary.ts';
import type { AliasMove } from '../../shared/release/move-aliases.ts';
import type { Stage } from '../../shared/release/stages.ts';
import type { CommandOutcome } from '../command.ts';
import { versionText } from '../version-text.ts';

/** Before and after of one alias, as a table shows them. */
const cells = ({ name, from, fromWeights, version, weights }: AliasMove) => ({
  name,
  before: versionText(from, canaryOf(fromWeights)),
  now: versionText(version, canaryOf(weights)),
});

/**
 * What a command that moved the aliases of a stage has to say.
 * @param next what to do next, when something has moved
 */
export function movesOutcome(stage: Stage, moves: AliasMove[], next: string): CommandOutcome {
  const rows = moves.map(cells);
  const nothing = rows.every(({ before, now }) => before === now);
  return {
    exitCode: exitCodes.fine,
    data: {
      stage,
      functions: moves.map(({ name, from, version, weights }) => ({
        name,
        from: from ?? null,
        to: version,
        canary: canaryOf(weights) ?? null,
      })),
    },
    lines: [
      ...table([
        ['FUNCTION', `${stage} BEFORE`, `${stage} NOW`],
        ...rows.map(({ name, before, now }) => [name, before, now]),
      ]),
      '',
      nothing ? `Nothing to do: ${stage} was like this already` : next,
    ],
  };
}
