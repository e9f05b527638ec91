import type { Alias, LambdaFunctions } from './lambda-functions.ts';

/** Which version an alias of one function is to point to. */
export interface AliasTarget {
  name: string;
  version: string;
}

/** What became of one alias. */
export interface AliasMove extends AliasTarget {
  /** The version it pointed to before; absent when the alias was made. */
  from?: string;
}

/** What the alias says of itself. */
const descriptionOf = (previous: string | undefined): string =>
  previous ? `previous version ${previous}` : 'first version';

/** The version that an alias pointed to before, as its description says. */
export const previousVersion = (description: string): string | undefined =>
  /^previous version (\d+)$/.exec(description)?.[1];

/** A share of the traffic that someone sends to another, untried version is not left in place. */
const pointsOnlyTo = (version: string, alias: Alias): boolean =>
  alias.version === version && Object.keys(alias.weights).length === 0;

/**
 * Points the alias of every function to its version: all of them move, or none does. Each update names the
 * revision it read, so that it fails rather than overwrite what someone else has done in the meantime.
 * @throws the error of the move that failed, after the others were taken back
 * @throws AggregateError when one of them could not be taken back; it says which
 */
export async function moveAliases(
  functions: LambdaFunctions,
  alias: string,
  targets: AliasTarget[],
): Promise<AliasMove[]> {
  const before = await Promise.all(targets.map(({ name }) => functions.alias(name, alias)));
  const moved: (() => Promise<void>)[] = [];
  for (const [index, { name, version }] of targets.entries()) {
    const present = before[index];
    if (present && pointsOnlyTo(version, present)) continue;
    try {
      await move(functions, alias, name, version, present);
    } catch (error) {
      // AWS may have moved it and the answer got lost.
      const now = await functions.alias(name, alias).catch(() => undefined);
      if (now && pointsOnlyTo(version, now)) moved.push(() => restore(functions, alias, name, present));
      await takeBack(moved, error);
    }
    moved.push(() => restore(functions, alias, name, present));
  }
  return targets.map(({ name, version }, index) => ({ name, version, from: before[index]?.version }));
}

async function move(
  functions: LambdaFunctions,
  alias: string,
  name: string,
  version: string,
  present?: Alias,
) {
  const description = descriptionOf(present?.version);
  if (!present) await functions.createAlias(name, alias, version, description);
  else await functions.updateAlias(name, alias, { ...present, version, description, weights: {} });
}

async function restore(functions: LambdaFunctions, alias: string, name: string, present: Alias | undefined) {
  if (!present) return functions.deleteAlias(name, alias);
  const now = await functions.alias(name, alias);
  await functions.updateAlias(name, alias, { ...present, revisionId: now?.revisionId ?? present.revisionId });
}

async function takeBack(moved: (() => Promise<void>)[], cause: unknown): Promise<never> {
  const failures: unknown[] = [];
  for (const undo of moved.reverse()) await undo().catch((error) => failures.push(error));
  if (failures.length === 0) throw cause;
  const message = `an alias could not be moved (${(cause as Error).message}), nor could those moved before be taken back. Run the same command again`;
  throw new AggregateError([cause, ...failures], message);
}
