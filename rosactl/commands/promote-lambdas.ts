import { endCanary, startCanary } from '../../shared/release/canary.ts';
import type { AliasMove } from '../../shared/release/move-aliases.ts';
import { promote } from '../../shared/release/promote.ts';
import { type Stage, stages } from '../../shared/release/stages.ts';
import type { Command } from '../command.ts';
import { withVersionsTold } from '../versions-told.ts';
import { movesOutcome } from './moves.ts';

const percentProblem = (text: string): string | undefined =>
  /^[1-9]\d?$/.test(text) ? undefined : 'It must be a whole number from 1 to 99.';

export const promoteLambdas: Command = {
  name: 'promote-lambdas',
  summary: 'give one stage the versions of another',
  description:
    'Tries the versions that one stage runs with a dry run once more, then points the alias of another stage to them: of all three functions, or of none. With --canary they first get a share of its traffic; the same command with another share changes it, without --canary completes it, with --abort ends it.',
  options: [
    {
      flags: '--from <stage>',
      description: 'the stage whose versions to take',
      choices: stages,
      required: true,
    },
    { flags: '--to <stage>', description: 'the stage that gets them', choices: stages, required: true },
    {
      flags: '--canary <percent>',
      description: 'send only this share of the traffic to them: 1 to 99 (default: all of it)',
      problem: percentProblem,
    },
    {
      flags: '--abort',
      description: 'end a canary: all traffic goes to the version that ran before',
      conflicts: ['canary'],
    },
  ],
  examples: [
    'rosactl promote-lambdas --from staging --to prod',
    'rosactl promote-lambdas --from staging --to prod --canary 10',
    'rosactl promote-lambdas --from staging --to prod --abort',
  ],
  run: async (context, options) => {
    const [from, to] = [options.from as Stage, options.to as Stage];
    const installed = await context.installed();
    const moved = (moves: AliasMove[], next: string) =>
      withVersionsTold(context, { stage: to, installed }, movesOutcome(to, moves, next));
    if (options.abort) {
      const names = installed.map(({ name }) => name);
      const moves = await endCanary(context.functions, { stage: to, names });
      return moved(moves, `The canary on ${to} has ended; its main version gets all traffic`);
    }
    const request = { from, to, functions: installed };
    if (options.canary) {
      const moves = await startCanary(context, { ...request, percent: Number(options.canary) });
      return moved(moves, canaryNext(from, to));
    }
    const moves = await promote(context, request);
    return moved(moves, `To take it back: rosactl rollback-lambdas --alias ${to}`);
  },
};

const canaryNext = (from: Stage, to: Stage): string =>
  `See how it does: rosactl logs --failed. Then complete it with "rosactl promote-lambdas --from ${from} --to ${to}", or end it with the same and --abort`;
