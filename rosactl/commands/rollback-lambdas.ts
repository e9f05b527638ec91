import { canaryOf } from '../../shared/release/canary.ts';
import type { AliasMove } from '../../shared/release/move-aliases.ts';
import { rollback } from '../../shared/release/rollback.ts';
import { type Stage, stages } from '../../shared/release/stages.ts';
import type { Command } from '../command.ts';
import { withVersionsTold } from '../versions-told.ts';
import { movesOutcome } from './moves.ts';

const onlyEndedCanary = (moves: AliasMove[]): boolean =>
  moves.some(({ fromWeights }) => canaryOf(fromWeights)) &&
  moves.every(({ from, version }) => from === version);

export const rollbackLambdas: Command = {
  name: 'rollback-lambdas',
  summary: 'point a stage back to an earlier version',
  description:
    'Points the alias of a stage to the version before, or to one that is named: of all three functions, or of none. Nothing is deployed. While a canary runs, it is ended and nothing more, unless a version is named.',
  options: [
    { flags: '--alias <stage>', description: 'the stage to roll back (default: prod)', choices: stages },
    {
      flags: '--to-version <number>',
      description: "the version to go back to (default: each function's previous one)",
    },
  ],
  examples: ['rosactl rollback-lambdas', 'rosactl rollback-lambdas --alias staging --to-version 4'],
  run: async (context, options) => {
    const stage = (options.alias ?? 'prod') as Stage;
    const toVersion = options.toVersion as string | undefined;
    const installed = await context.installed();
    const names = installed.map(({ name }) => name);
    const moves = await rollback(context.functions, { stage, names, toVersion });
    const next = onlyEndedCanary(moves)
      ? `A canary ran on ${stage}: only that was ended. The same command again goes back to the version before`
      : 'The same command again goes forth again; "rosactl status" shows what runs';
    return withVersionsTold(context, { stage, installed }, movesOutcome(stage, moves, next));
  },
};
