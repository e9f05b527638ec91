import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { awsLambdaFunctions } from '../shared/release/aws-lambda-functions.ts';
import { Refused } from '../shared/release/refused.ts';
import { fitSmokeRequest } from '../shared/release/smoke-request.ts';
import { deployedStack } from '../shared/serverless/shared-stack.ts';
import type { CommandContext, InstalledFunction } from './command.ts';
import { environment } from './environment.ts';

/** Flags that every command has. */
export interface GlobalFlags {
  profile?: string;
  region?: string;
}

const stackName = 'rosa-lambda-access';

/** The functions, and the stack's parameter that has each one's name. */
const components: [component: string, parameter: string][] = [
  ['oidc-provisioner', 'oidcProvisionerName'],
  ['preflight-checker', 'preflightCheckerName'],
  ['network-verifier', 'networkVerifierName'],
];

const smokeRequestFile = (component: string) =>
  new URL(`../functions/${component}/smoke-request.json`, import.meta.url);

async function installedFunctions(region: string, profile?: string): Promise<InstalledFunction[]> {
  const stack = await deployedStack({ region, profile }, stackName);
  if (!stack) {
    throw new Refused(`nothing is deployed to ${region}: there is no stack ${stackName}. Deploy it first`);
  }
  const { parameters } = stack;
  const surroundings = { region, oidcIssuerPattern: parameters.oidcIssuerPattern ?? '*' };
  return Promise.all(
    components.map(async ([component, parameter]) => {
      const smokeRequest = fitSmokeRequest(await readFile(smokeRequestFile(component), 'utf8'), surroundings);
      return { component, name: parameters[parameter] ?? `rosa-${component}`, smokeRequest };
    }),
  );
}

/**
 * What a command works with: the account of the credentials in the standard AWS chain, and the region of
 * `--region`, `ROSACTL_REGION` or the AWS configuration, in this order.
 * @throws Error of the SDK when no region is set anywhere
 */
export async function makeContext(
  flags: GlobalFlags,
  progress: (step: string) => void,
): Promise<CommandContext> {
  const { ROSACTL_PROFILE, ROSACTL_REGION } = environment();
  const profile = flags.profile ?? ROSACTL_PROFILE;
  const lambda = new LambdaClient({ region: flags.region ?? ROSACTL_REGION, profile });
  const region = await lambda.config.region().catch((cause: unknown) => {
    throw new Refused('no region is set: give one with --region or AWS_REGION', { cause });
  });
  return {
    region,
    functions: awsLambdaFunctions(lambda),
    installed: () => installedFunctions(region, profile),
    retryPolicy: { attempts: 3, firstPauseMs: 1_000, sleep, random: () => 1 },
    progress,
  };
}
