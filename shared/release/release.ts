import type { RetryPolicy } from '../retry.ts';
import { ensureInvokePermission } from './invoke-permission.ts';
import type { LambdaFunctions } from './lambda-functions.ts';
import { type AliasMove, moveAliases } from './move-aliases.ts';
import { publish } from './publish.ts';
import type { SmokeRequest } from './smoke-request.ts';
import { smokeTestAll } from './smoke-test.ts';
import type { Stage } from './stages.ts';

/** A deployed function that is to be released. */
export interface DeployedFunction {
  name: string;
  /** Base64 of the SHA-256 of the local deployment package; the deployed code must be the same. */
  codeSha256: string;
  /** The request its smoke test sends. */
  smokeRequest: SmokeRequest;
}

/** What a release needs of the world. */
export interface ReleaseDependencies {
  functions: LambdaFunctions;
  /** How long to wait for a fresh role before a smoke test counts as failed. */
  retryPolicy: RetryPolicy;
  /** Told of each step as it is done, in a sentence. */
  progress(step: string): void;
}

/** What is released where, and who may call it. */
export interface ReleaseRequest {
  stage: Stage;
  deployed: DeployedFunction[];
  /** The role that may invoke the alias `prod`; absent: nobody outside the account may. */
  clmRoleArn?: string;
}

/** One function after a release. */
export interface ReleasedFunction extends AliasMove {
  /** Whether this release published the version; false when nothing had changed. */
  published: boolean;
}

/**
 * Releases what is deployed: publishes a version of each function, tries it by its number, and only when all
 * have passed points the stage's alias to them. `prod` never points to a version that was not tried.
 * @throws SmokeTestFailure when a version fails its dry run; no alias has moved then
 * @throws AwsCallError when AWS refuses a call. Aliases are then where they were, unless it was the last step, the
 *   permissions: running it again finishes
 */
export async function release(
  dependencies: ReleaseDependencies,
  { stage, deployed, clmRoleArn }: ReleaseRequest,
): Promise<ReleasedFunction[]> {
  const { functions } = dependencies;
  const versions = await Promise.all(
    deployed.map(async (one) => ({ ...one, ...(await publish(functions, one.name, one.codeSha256)) })),
  );
  await smokeTestAll(dependencies, versions);
  const moves = await moveAliases(functions, stage, versions);
  // Only prod is for callers from outside; other stages are tried from within the account.
  const role = stage === 'prod' ? clmRoleArn : undefined;
  await Promise.all(deployed.map(({ name }) => ensureInvokePermission(functions, name, stage, role)));
  return moves.map((move, index) => ({ ...move, published: versions[index]?.isNew ?? false }));
}
