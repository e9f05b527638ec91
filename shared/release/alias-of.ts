import type { Alias, LambdaFunctions } from './lambda-functions.ts';
import { Refused } from './refused.ts';
import type { Stage } from './stages.ts';

/**
 * The alias of a stage that has to be there.
 * @param otherwise what to say when it is not, after `<function> has no alias <stage>`
 * @throws Refused when the function has no such alias
 */
export async function aliasOf(
  functions: LambdaFunctions,
  { name, stage }: { name: string; stage: Stage },
  otherwise: string,
): Promise<Alias> {
  const alias = await functions.alias(name, stage);
  if (!alias) throw new Refused(`${name} has no alias ${stage}${otherwise}`);
  return alias;
}
