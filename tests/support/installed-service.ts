import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { functionsOf } from '../../shared/customer-stack/components.ts';
import { ensureLogGroups } from '../../shared/customer-stack/log-groups.ts';
import { awsLambdaFunctions } from '../../shared/release/aws-lambda-functions.ts';
import { freshRole } from '../../shared/release/fresh-role.ts';
import { type DeployedFunction, release } from '../../shared/release/release.ts';
import { silentTasks } from '../../shared/tasks.ts';
import type { PackagedSources } from '../../tools/package-sources.ts';
import { serviceFunctions } from '../../tools/service-functions.ts';
import { packagedOnce } from './packaged-service.ts';
import { createPackagedStack, type Settings, stateOf } from './packaged-stack.ts';

/** The log groups are there before the functions. */
async function makeLogGroups(settings: Settings, packaged: PackagedSources, parameters = {}): Promise<void> {
  const { functions, provider } = await stateOf(packaged);
  const logging = Object.values(functions).map(({ name, tags }) => ({
    name,
    tags: { ...provider.tags, ...tags },
  }));
  await ensureLogGroups(new CloudWatchLogsClient(settings), logging, parameters);
}

const codeSha256 = async (zipFile: string): Promise<string> =>
  createHash('sha256')
    .update(await readFile(zipFile))
    .digest('base64');

async function deployedOf(region: string, { zipFile }: PackagedSources, parameters = {}) {
  const keys = new Map(serviceFunctions.map(({ component, handlerKey }) => [component, handlerKey]));
  return Promise.all(
    functionsOf(region, parameters).map(
      async ({ component, ...one }): Promise<DeployedFunction> => ({
        ...one,
        codeSha256: await codeSha256(zipFile(keys.get(component) ?? '')),
      }),
    ),
  );
}

/**
 * Does to an account what `serverless deploy --stage prod` does with the service of these sources: packaged once in a
 * run of the tests, and without the seconds that the framework takes to start. The test of the stages compares both.
 */
export async function installService(settings: Settings, parameters: Record<string, string>): Promise<void> {
  const packaged = await packagedOnce('.', parameters);
  await makeLogGroups(settings, packaged, parameters);
  await createPackagedStack(settings, packaged);
  const functions = awsLambdaFunctions(new LambdaClient(settings));
  const deployed = await deployedOf(settings.region, packaged, parameters);
  const { clmRoleArn } = parameters;
  await release(
    { functions, retryPolicy: freshRole, tasks: silentTasks },
    { stage: 'prod', deployed, clmRoleArn },
  );
}

/** The same for the regional service, in Red Hat's account. */
export async function installRegionalService(
  settings: Settings,
  parameters: Record<string, string>,
): Promise<void> {
  await createPackagedStack(settings, await packagedOnce('regional', parameters));
}
