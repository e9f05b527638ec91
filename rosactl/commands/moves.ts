import type { AliasMove } from '../../shared/release/move-aliases.ts';
import type { Stage } from '../../shared/release/stages.ts';
import type { CommandOutcome } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { table } from '../table.ts';

/** What a command that moved the aliases of a stage has to say. */
export function movesOutcome(stage: Stage, moves: AliasMove[], next: string): CommandOutcome {
  const rows = moves.map(({ name, from, version }) => [name, from ?? '-', version]);
  return {
    exitCode: exitCodes.fine,
    data: {
      stage,
      functions: moves.map(({ name, from, version }) => ({ name, from: from ?? null, to: version })),
    },
    lines: [...table([['FUNCTION', `${stage} BEFORE`, `${stage} NOW`], ...rows]), '', next],
  };
}
