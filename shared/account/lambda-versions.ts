import { AwsCallError } from '../aws/aws-call-error.ts';
import type { InstalledFunction } from '../customer-stack/components.ts';
import type { LambdaVersions, PlatformApi } from '../platform-api/platform-api.ts';
import { PlatformApiError } from '../platform-api/platform-api-error.ts';
import type { LambdaFunctions } from '../release/lambda-functions.ts';
import type { Tasks } from '../tasks.ts';
import type { Caller } from './caller.ts';
import { functionKeyOf } from './function-arns.ts';

type Installed = Pick<InstalledFunction, 'component' | 'name'>;

/** The version of each function that gets the traffic of `prod`, or most of it. @throws AwsCallError */
export async function versionsOfProd(
  functions: LambdaFunctions,
  installed: readonly Installed[],
): Promise<LambdaVersions> {
  const known = await Promise.all(
    installed.map(async ({ component, name }) => {
      const alias = await functions.alias(name, 'prod');
      if (!alias) return [];
      const found = (await functions.versions(name)).find(({ version }) => version === alias.version);
      return found
        ? [[functionKeyOf(component), { version: found.version, codeSha256: found.codeSha256 }]]
        : [];
    }),
  );
  return Object.fromEntries(known.flat());
}

/** What telling needs of the world. */
export interface TellingDependencies {
  functions: LambdaFunctions;
  tasks: Tasks;
  /** Absent when no address of it is known. */
  platformApi?: PlatformApi;
  caller(): Promise<Caller>;
}

/** Whether the platform knows the versions of `prod`, and why not. */
export type VersionsTold =
  | { status: 'told' | 'not registered' | 'not offered' | 'not asked for' }
  | { status: 'failed'; reason: string };

/**
 * Tells the platform which versions `prod` runs now. What they do runs whether it knows or not, so a failure is an
 * answer.
 */
export async function tellVersions(
  { functions, tasks, platformApi, caller }: TellingDependencies,
  installed: readonly Installed[],
): Promise<VersionsTold> {
  if (!platformApi) return { status: 'not asked for' };
  return tasks.run('Tell the Platform API which versions prod runs', async (say) => {
    try {
      const { account } = await caller();
      const lambdaVersions = await versionsOfProd(functions, installed);
      const answer = await platformApi.changeAccount(account, { lambdaVersions });
      return { status: answer === 'changed' ? 'told' : answer };
    } catch (error) {
      if (!(error instanceof PlatformApiError || error instanceof AwsCallError)) throw error;
      say('it could not be told');
      return { status: 'failed', reason: error.message };
    }
  });
}
