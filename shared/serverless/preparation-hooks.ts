import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { ensureLogGroups } from '../customer-stack/log-groups.ts';
import { forgottenParameters } from './forgotten-parameters.ts';
import { fail, type Hooks, sayingFailures, sdkConfig, sharedParameters } from './hooks.ts';
import type { CommandOptions, Serverless } from './serverless-api.ts';
import { stackOf } from './stack-hooks.ts';

async function refuseForgottenParameters(serverless: Serverless, { param = [] }: CommandOptions) {
  const before = (await (await stackOf(serverless)).state())?.parameters ?? {};
  const asked = new Set(param.map((given) => given.split('=')[0] ?? ''));
  const forgotten = forgottenParameters(before, sharedParameters(serverless), asked);
  if (forgotten.length === 0) return;
  fail(
    serverless,
    `all stages share one stack, and this deploy would change it without having been asked to: ${forgotten.join('; ')}. Give the parameters of the last deploy again, or the new value with --param`,
  );
}

/** Lambda would refuse them, after the stack has begun to change. */
function refuseUnsignedPackages(serverless: Serverless): void {
  if (!sharedParameters(serverless).signingProfileVersionArns) return;
  fail(
    serverless,
    'with signingProfileVersionArns Lambda takes signed packages only, and a deploy from the sources builds unsigned ones. Deploy a release of signed packages with rosactl (docs/supply-chain.md), or leave the parameter empty',
  );
}

/** Functions may not make their own log group, so it is there before they are. */
async function makeLogGroups(serverless: Serverless): Promise<void> {
  const { functions, provider } = serverless.service;
  await ensureLogGroups(
    new CloudWatchLogsClient(await sdkConfig(serverless)),
    Object.values(functions).map(({ name, tags }) => ({ name, tags: { ...provider.tags, ...tags } })),
    sharedParameters(serverless),
  );
}

/** What comes before the stack is touched; of a release, rosactl sees to it itself. */
export const preparationHooks = (serverless: Serverless, options: CommandOptions): Hooks =>
  sayingFailures(serverless, {
    'before:aws:deploy:deploy:createStack': async () => {
      refuseUnsignedPackages(serverless);
      await refuseForgottenParameters(serverless, options);
      await makeLogGroups(serverless);
    },
  });
