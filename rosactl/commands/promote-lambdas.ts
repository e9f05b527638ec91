import { promote } from '../../shared/release/promote.ts';
import { type Stage, stages } from '../../shared/release/stages.ts';
import type { Command } from '../command.ts';
import { movesOutcome } from './moves.ts';

export const promoteLambdas: Command = {
  name: 'promote-lambdas',
  summary: 'give one stage the versions of another',
  description:
    'Tries the versions that one stage runs with a dry run once more, then points the alias of another stage to them: of all three functions, or of none.',
  options: [
    {
      flags: '--from <stage>',
      description: 'the stage whose versions to take',
      choices: stages,
      required: true,
    },
    { flags: '--to <stage>', description: 'the stage that gets them', choices: stages, required: true },
  ],
  examples: ['rosactl promote-lambdas --from staging --to prod'],
  run: async (context, options) => {
    const [from, to] = [options.from as Stage, options.to as Stage];
    const moves = await promote(context, { from, to, functions: await context.installed() });
    return movesOutcome(to, moves, `To take it back: rosactl rollback-lambdas --alias ${to}`);
  },
};
