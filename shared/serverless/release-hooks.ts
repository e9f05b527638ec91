import { LambdaClient } from '@aws-sdk/client-lambda';
import { awsLambdaFunctions } from '../release/aws-lambda-functions.ts';
import { freshRole } from '../release/fresh-role.ts';
import { aliasPrincipalOf } from '../release/platform-entry.ts';
import { release } from '../release/release.ts';
import type { Tasks } from '../tasks.ts';
import { deployedFunctions } from './deployed-functions.ts';
import { fail, type Hooks, sdkConfig } from './hooks.ts';
import { releaseReport } from './release-report.ts';
import type { PluginUtils, Serverless } from './serverless-api.ts';
import { platformEntryOf, stageOf } from './stack-hooks.ts';

/** Tasks as the framework shows progress: a line that is replaced by the next. */
const frameworkTasks = ({ progress }: PluginUtils): Tasks => ({
  run: async (title, work) => {
    const line = progress.create({ message: title });
    try {
      return await work((detail) => line.update(`${title}: ${detail}`));
    } finally {
      line.remove();
    }
  },
});

async function releaseDeployed(serverless: Serverless, utils: PluginUtils): Promise<void> {
  const stage = stageOf(serverless);
  const entry = platformEntryOf(serverless);
  const functions = awsLambdaFunctions(new LambdaClient(await sdkConfig(serverless)));
  const released = await release(
    { functions, retryPolicy: freshRole, tasks: frameworkTasks(utils) },
    { stage, deployed: await deployedFunctions(serverless), clmRoleArn: aliasPrincipalOf(entry) },
  );
  const stackWasSkipped = serverless.service.provider.shouldNotDeploy ?? false;
  const region = serverless.getProvider('aws').getRegion();
  utils.log.notice();
  utils.log.notice(releaseReport({ stage, region, released, entry, stackWasSkipped }));
}

/** Releases what was deployed, with the code that rosactl uses too (shared/release/). */
export const releaseHooks = (serverless: Serverless, utils: PluginUtils): Hooks => ({
  'after:deploy:deploy': () =>
    releaseDeployed(serverless, utils).catch((error: Error) => {
      const sentence = error.message.replace(/\.$/, '');
      fail(
        serverless,
        `the release to ${stageOf(serverless)} stopped: ${sentence}. Once that is mended, the same command finishes it`,
        error,
      );
    }),
});
