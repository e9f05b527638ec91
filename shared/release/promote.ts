import { type AliasMove, moveAliases } from './move-aliases.ts';
import { Refused } from './refused.ts';
import type { DeployedFunction, ReleaseDependencies } from './release.ts';
import { smokeTestAll } from './smoke-test.ts';
import type { Stage } from './stages.ts';

/** Which stage's versions another stage is to get. */
export interface PromoteRequest {
  from: Stage;
  to: Stage;
  functions: Pick<DeployedFunction, 'name' | 'smokeRequest'>[];
}

/**
 * Points the alias of one stage to the versions that another stage has: those of all functions, or of none. Each
 * version answers a dry run once more before: its role may have changed since it was tried.
 * @throws Refused when a function has no such alias; SmokeTestFailure, AwsCallError. No alias has moved then
 */
export async function promote(
  dependencies: ReleaseDependencies,
  { from, to, functions: asked }: PromoteRequest,
): Promise<AliasMove[]> {
  const { functions } = dependencies;
  const targets = await Promise.all(
    asked.map(async (one) => {
      const alias = await functions.alias(one.name, from);
      if (!alias) throw new Refused(`${one.name} has no alias ${from}: deploy to ${from} first`);
      return { ...one, version: alias.version };
    }),
  );
  await smokeTestAll(dependencies, targets);
  return moveAliases(functions, to, targets);
}
