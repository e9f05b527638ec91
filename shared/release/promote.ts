import { aliasOf } from './alias-of.ts';
import { type AliasMove, moveAliases } from './move-aliases.ts';
import type { DeployedFunction } from './release.ts';
import type { ReleaseDependencies } from './release-dependencies.ts';
import { smokeTestAll } from './smoke-test.ts';
import type { Stage } from './stages.ts';

/** Which stage's versions another stage is to get. */
export interface PromoteRequest {
  from: Stage;
  to: Stage;
  functions: Pick<DeployedFunction, 'name' | 'smokeRequest'>[];
}

/**
 * Points the alias of one stage to the versions that another stage has, wholly: those of all functions, or of none.
 * Each version answers a dry run once more before: its role may have changed since it was tried.
 * @throws Refused when a function has no such alias; SmokeTestFailure, AwsCallError. No alias has moved then
 */
export async function promote(
  dependencies: ReleaseDependencies,
  { from, to, functions: asked }: PromoteRequest,
): Promise<AliasMove[]> {
  const { functions, tasks } = dependencies;
  const targets = await Promise.all(
    asked.map(async (one) => {
      const source = { name: one.name, stage: from };
      const { version } = await aliasOf(functions, source, `: deploy to ${from} first`);
      return { ...one, version };
    }),
  );
  await smokeTestAll(dependencies, targets);
  return tasks.run(`Point ${to} to these versions`, () => moveAliases(functions, to, targets));
}
