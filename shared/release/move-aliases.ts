import type { Alias, LambdaFunctions } from './lambda-functions.ts';

/** Which version an alias of one function is to point to. */
export interface AliasTarget {
  name: string;
  version: string;
  /** Shares of the traffic, 0 to 1, for other versions; absent: all of it goes to the one version. */
  weights?: Record<string, number>;
}

/** What became of one alias. */
export interface AliasMove extends AliasTarget {
  /** The version it pointed to before; absent when the alias was made. */
  from?: string;
  /** Shares that went to other versions before; absent when there were none. */
  fromWeights?: Record<string, number>;
}

/** One alias on its way. */
interface Step {
  alias: string;
  target: AliasTarget;
  before: Alias | undefined;
}

/** What the alias says of itself. */
const descriptionOf = (previous: string | undefined): string =>
  previous ? `previous version ${previous}` : 'first version';

/** The version that an alias pointed to before, as its description says. */
export const previousVersion = (description: string): string | undefined =>
  /^previous version (\d+)$/.exec(description)?.[1];

const sameWeights = (one: Record<string, number>, other: Record<string, number>): boolean =>
  Object.keys(one).length === Object.keys(other).length &&
  Object.entries(one).every(([version, weight]) => other[version] === weight);

/** A share that goes to another version than it should is not left in place. */
const isAt = ({ version, weights = {} }: AliasTarget, alias: Alias): boolean =>
  alias.version === version && sameWeights(alias.weights, weights);

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
  const steps = targets.map((target, index): Step => ({ alias, target, before: before[index] }));
  const moved: Step[] = [];
  for (const step of steps) {
    if (step.before && isAt(step.target, step.before)) continue;
    try {
      await move(functions, step);
    } catch (error) {
      // AWS may have moved it and the answer got lost.
      const now = await functions.alias(step.target.name, alias).catch(() => undefined);
      if (now && isAt(step.target, now)) moved.push(step);
      throw await takeBack(functions, moved, error);
    }
    moved.push(step);
  }
  return steps.map(outcomeOf);
}

async function move(functions: LambdaFunctions, { alias, target, before }: Step): Promise<void> {
  const { name, version, weights = {} } = target;
  if (!before) return functions.createAlias(name, alias, version, descriptionOf(undefined));
  // A share that changes leaves the main version, and so the way back, as it was.
  const description = before.version === version ? before.description : descriptionOf(before.version);
  return functions.updateAlias(name, alias, { ...before, version, description, weights });
}

async function restore(functions: LambdaFunctions, { alias, target: { name }, before }: Step): Promise<void> {
  if (!before) return functions.deleteAlias(name, alias);
  const now = await functions.alias(name, alias);
  await functions.updateAlias(name, alias, { ...before, revisionId: now?.revisionId ?? before.revisionId });
}

/** Takes moves back, the latest first. @returns the error to throw */
async function takeBack(functions: LambdaFunctions, moved: Step[], cause: unknown): Promise<unknown> {
  const failures: unknown[] = [];
  for (const step of moved.reverse()) await restore(functions, step).catch((error) => failures.push(error));
  if (failures.length === 0) return cause;
  const message = `an alias could not be moved (${(cause as Error).message}), nor could those moved before be taken back. Run the same command again`;
  return new AggregateError([cause, ...failures], message, { cause });
}

const outcomeOf = ({ target: { name, version, weights }, before }: Step): AliasMove => ({
  name,
  version,
  weights,
  from: before?.version,
  fromWeights: before && Object.keys(before.weights).length > 0 ? before.weights : undefined,
});
