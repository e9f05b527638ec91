import { type PlatformEntry, platformEntryIn, platformEntryProblem } from '../release/platform-entry.ts';
import { Refused } from '../release/refused.ts';
import type { Stage } from '../release/stages.ts';
import { entryThatIs } from './platform-entry.ts';
import { type RollOut, type RollOutDependencies, rollOut } from './roll-out.ts';

/** Which stage gets this release, and the parameters that change with it. */
export interface UpdateRequest {
  stage: Stage;
  parameters: Record<string, string>;
}

/** @throws Refused when it is not the ARN of one role: somebody has changed the permission */
async function entryToKeep(dependencies: RollOutDependencies): Promise<PlatformEntry> {
  const entry = await entryThatIs(dependencies);
  const problem = platformEntryProblem(entry);
  if (problem) throw new Refused(`${problem}. "rosactl setup-account" lets in the right one alone`);
  return entry;
}

/**
 * Brings this release to a stage of an account that is set up; who may invoke `prod` stays as it is.
 * @throws Refused when the account is not set up, or prod is open to more than a role; what `rollOut` throws
 */
export async function updateLambdas(
  dependencies: RollOutDependencies,
  { stage, parameters }: UpdateRequest,
): Promise<RollOut> {
  const state = await dependencies.stack.state();
  if (!state) {
    throw new Refused(`nothing is deployed to ${dependencies.region}: run "rosactl setup-account" first`);
  }
  const entry = async () =>
    stage === 'prod' ? entryToKeep(dependencies) : platformEntryIn(state.parameters);
  return rollOut(dependencies, { stage, parameters, entry });
}
