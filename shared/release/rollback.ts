import type { LambdaFunctions } from './lambda-functions.ts';
import { type AliasMove, moveAliases, previousVersion } from './move-aliases.ts';
import { Refused } from './refused.ts';
import type { Stage } from './stages.ts';

/** Which stage goes back, and where to. */
export interface RollbackRequest {
  stage: Stage;
  names: string[];
  /** The version to go back to; each function's previous one when absent. */
  toVersion?: string;
}

/**
 * Points the alias of a stage back to an earlier version of every function, or of none. Nothing is deployed: the
 * version is still there and ran before.
 * @throws Refused when a function has no such alias or version; AwsCallError. No alias has moved then
 */
export async function rollback(
  functions: LambdaFunctions,
  { stage, names, toVersion }: RollbackRequest,
): Promise<AliasMove[]> {
  const targets = await Promise.all(
    names.map(async (name) => ({ name, version: await earlierVersion(functions, name, stage, toVersion) })),
  );
  return moveAliases(functions, stage, targets);
}

async function earlierVersion(functions: LambdaFunctions, name: string, stage: Stage, toVersion?: string) {
  const alias = await functions.alias(name, stage);
  if (!alias) throw new Refused(`${name} has no alias ${stage}, so there is nothing to roll back`);
  const version = toVersion ?? previousVersion(alias.description);
  if (!version) {
    throw new Refused(
      `${stage} of ${name} has had no other version than ${alias.version}. Name one with --to-version`,
    );
  }
  const known = (await functions.versions(name)).map((one) => one.version);
  if (version === '$LATEST' || !known.includes(version)) {
    const published = known.filter((one) => one !== '$LATEST').join(', ');
    throw new Refused(`${name} has no published version ${version}; it has ${published || 'none'}`);
  }
  return version;
}
