import { aliasOf } from './alias-of.ts';
import { canaryOf, endCanary } from './canary.ts';
import type { Alias, LambdaFunctions } from './lambda-functions.ts';
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
 * version is still there and ran before. While a canary runs, the way back is its main version: it is only ended,
 * unless a version is named.
 * @throws Refused when a function has no such alias or version; AwsCallError. No alias has moved then
 */
export async function rollback(
  functions: LambdaFunctions,
  { stage, names, toVersion }: RollbackRequest,
): Promise<AliasMove[]> {
  const aliases = await Promise.all(
    names.map((name) => aliasOf(functions, { name, stage }, ', so there is nothing to roll back')),
  );
  if (!toVersion && aliases.some(({ weights }) => canaryOf(weights)))
    return endCanary(functions, { stage, names });
  const targets = await Promise.all(
    aliases.map(async (alias, index) => {
      const name = names[index] ?? '';
      const version = toVersion ?? versionBefore(name, stage, alias);
      await refuseUnpublished(functions, name, version);
      return { name, version };
    }),
  );
  return moveAliases(functions, stage, targets);
}

function versionBefore(name: string, stage: Stage, { description, version }: Alias): string {
  const previous = previousVersion(description);
  if (previous) return previous;
  throw new Refused(
    `${stage} of ${name} has had no other version than ${version}. Name one with --to-version`,
  );
}

async function refuseUnpublished(functions: LambdaFunctions, name: string, version: string): Promise<void> {
  const known = (await functions.versions(name)).map((one) => one.version);
  if (version !== '$LATEST' && known.includes(version)) return;
  const published = known.filter((one) => one !== '$LATEST').join(', ');
  throw new Refused(`${name} has no published version ${version}; it has ${published || 'none'}`);
}
