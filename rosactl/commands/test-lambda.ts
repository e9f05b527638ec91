import { AwsCallError } from '../../shared/aws/aws-call-error.ts';
import { exitCodes } from '../../shared/cli/exit-codes.ts';
import { componentNames } from '../../shared/customer-stack/components.ts';
import { Refused } from '../../shared/release/refused.ts';
import { type Stage, stages } from '../../shared/release/stages.ts';
import type { Command } from '../command.ts';

/** Says what to do about a stage that was never deployed. @throws Refused, or else the error */
function refuseMissing(where: string, alias: Stage, error: unknown): never {
  if (!(error instanceof AwsCallError && error.failure === 'not-found')) throw error;
  throw new Refused(`there is no ${where} to ask: deploy to ${alias} first`, { cause: error });
}

export const testLambda: Command = {
  name: 'test-lambda',
  summary: 'invoke a function with a dry run',
  description:
    'Invokes one function through an alias with its example request, a dry run, which leaves nothing behind.',
  options: [
    {
      flags: '--name <component>',
      description: 'the function to test',
      choices: componentNames,
      required: true,
    },
    { flags: '--alias <stage>', description: 'the stage to test (default: prod)', choices: stages },
  ],
  examples: [
    'rosactl test-lambda --name oidc-provisioner',
    'rosactl test-lambda --name network-verifier --alias staging',
  ],
  run: async ({ functions, installed }, { name: component, alias: asked }) => {
    const alias = (asked ?? 'prod') as Stage;
    const one = (await installed()).find((candidate) => candidate.component === component);
    if (!one) throw new Error(`the component ${component} is not among those installed`);
    const { errorType, payload } = await functions
      .invoke(one.name, alias, one.smokeRequest)
      .catch((error: unknown) => refuseMissing(`${one.name}:${alias}`, alias, error));
    const verdict = errorType
      ? `✖ ${one.name}:${alias} failed with ${errorType}`
      : `✔ ${one.name}:${alias} answered`;
    return {
      exitCode: errorType ? exitCodes.no : exitCodes.fine,
      data: { function: one.name, alias, errorType: errorType ?? null, answer: payload },
      lines: [verdict, JSON.stringify(payload, undefined, 2)],
    };
  },
};
