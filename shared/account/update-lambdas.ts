import { Refused } from '../release/refused.ts';
import type { Stage } from '../release/stages.ts';
import { type RollOut, type RollOutDependencies, rollOut } from './roll-out.ts';
import { roleThatMayAlready } from './set-up-account.ts';

/** Which stage gets this release, and the parameters that change with it. */
export interface UpdateRequest {
  stage: Stage;
  parameters: Record<string, string>;
}

/**
 * Brings this release to a stage of an account that is set up; who may invoke `prod` stays as it is.
 * @throws Refused when the account is not set up; what `rollOut` throws
 */
export async function updateLambdas(
  dependencies: RollOutDependencies,
  { stage, parameters }: UpdateRequest,
): Promise<RollOut> {
  const state = await dependencies.stack.state();
  if (!state) {
    throw new Refused(`nothing is deployed to ${dependencies.region}: run "rosactl setup-account" first`);
  }
  const clmRole = () => roleThatMayAlready(dependencies);
  return rollOut(dependencies, { stage, parameters, clmRole });
}
