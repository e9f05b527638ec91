import { updateLambdas as update } from '../../shared/account/update-lambdas.ts';
import { type Stage, stages } from '../../shared/release/stages.ts';
import type { Command } from '../command.ts';
import { parameterOptions, parametersIn } from '../parameter-options.ts';
import { withVersionsTold } from '../versions-told.ts';
import { movesOutcome } from './moves.ts';

export const updateLambdas: Command = {
  name: 'update-lambdas',
  summary: 'bring this release to a stage',
  description:
    'Deploys this release, publishes a version of each function, tries it with a dry run, and points the alias of a stage to it: of all three functions, or of none. Who may invoke them stays as it is.',
  options: [
    { flags: '--alias <stage>', description: 'the stage that gets it (default: staging)', choices: stages },
    ...parameterOptions,
  ],
  examples: ['rosactl update-lambdas --alias staging', 'rosactl update-lambdas --alias prod'],
  run: async (context, options) => {
    const stage = (options.alias ?? 'staging') as Stage;
    const { functions } = await update(context, { stage, parameters: parametersIn(options) });
    const next =
      stage === 'prod'
        ? 'To take it back: rosactl rollback-lambdas'
        : `Next: rosactl test-lambda --alias ${stage} --name oidc-provisioner, then rosactl promote-lambdas --from ${stage} --to prod`;
    return withVersionsTold(context, { stage, installed: functions }, movesOutcome(stage, functions, next));
  },
};
