import { aliasOf } from './alias-of.ts';
import type { LambdaFunctions } from './lambda-functions.ts';
import { type AliasMove, type AliasTarget, moveAliases } from './move-aliases.ts';
import type { PromoteRequest } from './promote.ts';
import type { ReleaseDependencies } from './release-dependencies.ts';
import { smokeTestAll } from './smoke-test.ts';
import type { Stage } from './stages.ts';

/** A version that gets a share of a stage's traffic beside the main one. */
export interface Canary {
  version: string;
  percent: number;
}

/** Which stage's versions another stage is to try, and on what share of its traffic. */
export interface CanaryRequest extends PromoteRequest {
  /** A whole number from 1 to 99. */
  percent: number;
}

/** The canary that weights describe; an alias has one at most. */
export function canaryOf(weights: Record<string, number> = {}): Canary | undefined {
  const [first] = Object.entries(weights);
  return first && { version: first[0], percent: Math.round(first[1] * 100) };
}

const noMain =
  ', and a canary needs a version to stand beside. Promote without --canary: that makes the first version';

/**
 * Sends a share of one stage's traffic to the versions that another stage has: of all functions, or of none. Each
 * version answers a dry run before. An alias takes two published versions at most:
 * https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html
 * A function whose version is the same on both stages has nothing to try. Asked again, it changes the share;
 * `promote` completes it, `endCanary` ends it.
 * @throws Refused when a function has no such aliases; SmokeTestFailure, AwsCallError. No alias has changed then
 */
export async function startCanary(
  dependencies: ReleaseDependencies,
  { from, to, percent, functions: asked }: CanaryRequest,
): Promise<AliasMove[]> {
  const { functions, tasks } = dependencies;
  const pairs = await Promise.all(
    asked.map(async (one) => {
      const { name } = one;
      const source = await aliasOf(functions, { name, stage: from }, `: deploy to ${from} first`);
      const main = await aliasOf(functions, { name, stage: to }, noMain);
      return { ...one, version: source.version, main: main.version };
    }),
  );
  const tried = pairs.filter(({ version, main }) => version !== main);
  if (tried.length > 0) await smokeTestAll(dependencies, tried);
  const targets = pairs.map(({ name, version, main }): AliasTarget => {
    const weights = version === main ? undefined : { [version]: percent / 100 };
    return { name, version: main, weights };
  });
  return tasks.run(`Send ${percent} % of ${to} to these versions`, () => moveAliases(functions, to, targets));
}

/**
 * Ends a canary: all traffic of a stage goes to its main versions again, of all functions or of none. Where none
 * runs, nothing is done.
 * @throws Refused when a function has no such alias; AwsCallError. No alias has changed then
 */
export async function endCanary(
  functions: LambdaFunctions,
  { stage, names }: { stage: Stage; names: string[] },
): Promise<AliasMove[]> {
  const targets = await Promise.all(
    names.map(async (name) => {
      const { version } = await aliasOf(functions, { name, stage }, ', so no canary runs there');
      return { name, version };
    }),
  );
  return moveAliases(functions, stage, targets);
}
