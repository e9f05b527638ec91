import { ensureInvokePermission } from './invoke-permission.ts';
import { type AliasMove, moveAliases } from './move-aliases.ts';
import { publish } from './publish.ts';
import type { ReleaseDependencies } from './release-dependencies.ts';
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
  /** Lambda's id of the smoke test's invocation, to find its record by. */
  smokeTestId?: string;
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
  const { functions, tasks } = dependencies;
  const versions = await publishAll(dependencies, deployed);
  const requestIds = await smokeTestAll(dependencies, versions);
  const moves = await tasks.run(`Point ${stage} to these versions`, () =>
    moveAliases(functions, stage, versions),
  );
  // Only prod is for callers from outside; other stages are tried from within the account.
  const role = stage === 'prod' ? clmRoleArn : undefined;
  const names = deployed.map(({ name }) => name);
  await tasks.run(role ? `Let in ${role}, and nobody else` : 'Let in nobody from outside', () =>
    Promise.all(names.map((name) => ensureInvokePermission(functions, name, stage, role))),
  );
  return moves.map((move, index) => ({
    ...move,
    published: versions[index]?.isNew ?? false,
    smokeTestId: requestIds[index],
  }));
}

const publishAll = ({ functions, tasks }: ReleaseDependencies, deployed: DeployedFunction[]) =>
  tasks.run('Publish a version of each function', (say) =>
    Promise.all(
      deployed.map(async (one) => {
        const published = await publish(functions, one.name, one.codeSha256);
        say(`${one.name}: version ${published.version}${published.isNew ? '' : ', unchanged'}`);
        return { ...one, ...published };
      }),
    ),
  );
