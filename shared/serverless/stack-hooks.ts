import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { S3Client } from '@aws-sdk/client-s3';
import { cloudFormationStack } from '../customer-stack/cloudformation-stack.ts';
import { emptyBucket } from '../customer-stack/empty-bucket.ts';
import type { CustomerStack } from '../customer-stack/stack-state.ts';
import { authentications } from '../platform-api/platform-api.ts';
import { type PlatformEntry, platformEntryIn, platformEntryProblem } from '../release/platform-entry.ts';
import { isStage, type Stage, stages } from '../release/stages.ts';
import { fail, type Hooks, sayingFailures, sdkConfig, sharedParameters } from './hooks.ts';
import type { Serverless } from './serverless-api.ts';

/** `build` in serverless.yml is for Serverless Framework 4, which knows it; osls has to be told. */
export function defineBuild({ configSchemaHandler }: Serverless): void {
  if (configSchemaHandler.schema.properties.build) return;
  configSchemaHandler.defineTopLevelProperty('build', { type: 'object' });
}

/** The stage of `--stage`. */
export function stageOf(serverless: Serverless): Stage {
  const stage = serverless.getProvider('aws').getStage();
  if (isStage(stage)) return stage;
  return fail(serverless, `there is no stage "${stage}": choose one of ${stages.join(', ')} with --stage`);
}

/** How the regional platform is to come in. */
export const platformEntryOf = (serverless: Serverless): PlatformEntry =>
  platformEntryIn(sharedParameters(serverless));

function checkParameters(serverless: Serverless): void {
  stageOf(serverless);
  const { clmAuthentication = '' } = sharedParameters(serverless);
  if (!authentications.some((method) => method === clmAuthentication)) {
    const methods = authentications.join(' or ');
    fail(serverless, `clmAuthentication must be ${methods}, not "${clmAuthentication}"`);
  }
  const problem = platformEntryProblem(platformEntryOf(serverless));
  if (problem) fail(serverless, problem);
  const { networkVerifierSubnetIds, networkVerifierSecurityGroupIds } = sharedParameters(serverless);
  if (Boolean(networkVerifierSubnetIds) !== Boolean(networkVerifierSecurityGroupIds)) {
    fail(
      serverless,
      'networkVerifierSubnetIds and networkVerifierSecurityGroupIds go together: give both or none',
    );
  }
}

/** The one stack of all stages. */
export async function stackOf(serverless: Serverless): Promise<CustomerStack> {
  const config = await sdkConfig(serverless);
  const { stackName } = serverless.service.provider;
  return cloudFormationStack(new CloudFormationClient(config), new S3Client(config), stackName);
}

/**
 * The framework compares with the last deploy of this stage only. When another stage has been deployed since,
 * nothing may be skipped: its code and settings are in the stack.
 */
async function deployAfterAnotherStage(serverless: Serverless): Promise<void> {
  const { provider } = serverless.service;
  if (!provider.shouldNotDeploy) return;
  const state = await (await stackOf(serverless)).state();
  if (state?.stage !== stageOf(serverless)) provider.shouldNotDeploy = false;
}

async function emptyDeploymentBucket(serverless: Serverless): Promise<void> {
  const bucket = await serverless.getProvider('aws').getServerlessDeploymentBucketName();
  await emptyBucket(new S3Client(await sdkConfig(serverless)), bucket);
}

/** What makes one stack serve all stages: its parameters, its removal. */
export function stackHooks(serverless: Serverless): Hooks {
  const refuse = (command: string) => () =>
    fail(
      serverless,
      `"${command}" would change what runs without publishing and trying a version. Use "serverless deploy"`,
    );
  return sayingFailures(serverless, {
    initialize: () => checkParameters(serverless),
    'after:aws:deploy:deploy:checkForChanges': () => deployAfterAnotherStage(serverless),
    'before:remove:remove': () => emptyDeploymentBucket(serverless),
    'before:deploy:function:initialize': refuse('serverless deploy function'),
    'before:rollback:initialize': refuse('serverless rollback'),
  });
}
