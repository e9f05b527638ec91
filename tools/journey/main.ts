import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { DeleteNatGatewayCommand, EC2Client } from '@aws-sdk/client-ec2';
import { type LocalAws, startLocalAws } from '../../local-aws/local-aws.ts';
import { pasteLines } from '../../local-aws/paste.ts';
import { findingLines } from '../../rosactl/findings.ts';
import type { NetworkVerifierResult } from '../../schemas/generated/network-verifier-result.js';
import type { OidcProvisionerResult } from '../../schemas/generated/oidc-provisioner-result.js';
import type { PreflightCheckerResult } from '../../schemas/generated/preflight-checker-result.js';
import { painter } from '../../shared/cli/paint.ts';
import { deploy } from '../deploy.ts';
import { administrator, type CustomerAccount, prepareCustomerAccount } from './customer-account.ts';
import {
  type Answer,
  clmRoleArn,
  type Invoke,
  prepareRegionalPlatform,
  regionalPlatform,
} from './regional-platform.ts';
import { whatWatches } from './what-watches.ts';

const customerAccount = '123456789012';
const paint = painter(process.stdout.isTTY && !process.env.NO_COLOR);

const say = (line: string) => console.log(line);

const heading = (text: string): string => `\n${text}\n${'─'.repeat(text.length)}`;

function resultOf<Result>(answer: Answer<Result>): Result {
  if ('result' in answer) return answer.result;
  throw new Error(`the function failed with ${answer.error.errorType}: ${answer.error.errorMessage}`);
}

function expectStatus(what: string, expected: string, actual: string): void {
  if (actual !== expected)
    throw new Error(`${what} should have ended as "${expected}" and ended as "${actual}"`);
}

async function preflight(invoke: Invoke): Promise<void> {
  say(heading('Preflight: does the account have what a cluster needs?'));
  const cluster_config = { instance_types: ['m5.xlarge'], node_count: 3, max_node_count: 6 };
  const request = { region: 'us-east-1', cluster_config };
  const result = resultOf(await invoke<PreflightCheckerResult>('rosa-preflight-checker', request));
  for (const line of findingLines(result.validation_results, paint)) say(line);
  expectStatus('preflight', 'passed', result.summary.status);
}

async function network(
  invoke: Invoke,
  account: CustomerAccount,
  expected: 'passed' | 'failed',
): Promise<void> {
  const request = {
    vpc_id: account.vpcId,
    subnet_ids: [...account.privateSubnetIds, ...account.publicSubnetIds],
  };
  const result = resultOf(await invoke<NetworkVerifierResult>('rosa-network-verifier', request));
  for (const line of findingLines(result.network_validation_results, paint)) say(line);
  expectStatus('network verification', expected, result.summary.status);
}

async function oidc(invoke: Invoke): Promise<void> {
  say(heading('OIDC: the provider of the cluster, made once and kept'));
  const request = { issuer_url: 'https://oidc.op1.openshiftapps.com/2f3a1c7e', cluster_id: '2f3a1c7e' };
  for (const expected of ['created', 'already_exists']) {
    const { status, oidc_provider_arn } = resultOf(
      await invoke<OidcProvisionerResult>('rosa-oidc-provisioner', request),
    );
    say(`  ✔ ${status}: ${oidc_provider_arn}`);
    expectStatus('OIDC provisioning', expected, status);
  }
}

async function journey(aws: LocalAws): Promise<void> {
  say(`A customer's account on your laptop: a VPC over three zones, quotas, roles (${aws.url})`);
  const account = await prepareCustomerAccount(aws);
  await prepareRegionalPlatform(aws);

  say('Deploying into it: serverless deploy --stage prod (half a minute)');
  const printed = await deploy({ stage: 'prod', environment: aws.environment, parameters: { clmRoleArn } });
  say(printed.slice(printed.indexOf('aliases of stage')).split('\n\n')[0] ?? '');

  say(`\nFrom here on ${clmRoleArn} calls the functions through their alias prod.`);
  const invoke = await regionalPlatform(aws, customerAccount);
  await preflight(invoke);
  say(heading('Network: does the VPC have the right shape?'));
  await network(invoke, account, 'passed');
  await oidc(invoke);

  say(heading(`The same network after its NAT gateway ${account.natGatewayId} was deleted`));
  const ec2 = new EC2Client(administrator(aws));
  await ec2.send(new DeleteNatGatewayCommand({ NatGatewayId: account.natGatewayId }));
  await network(invoke, account, 'failed');

  say(heading('What watches the functions, as AWS lists it'));
  for (const line of await whatWatches(aws)) say(line);
}

/** Leaves everything there for who wants to look around. */
async function untilInterrupted(laptop: LocalAws): Promise<void> {
  say('\nDone, and left running. Paste this where you want to look around; Ctrl-C here ends it.\n');
  for (const line of pasteLines(laptop)) say(line);
  const patience = setInterval(() => {}, 60_000);
  await Promise.race(['SIGINT', 'SIGTERM'].map((signal) => once(process, signal)));
  clearInterval(patience);
}

const { keep } = parseArgs({ options: { keep: { type: 'boolean', default: false } } }).values;

console.log('Starting the laptop AWS');
const aws = await startLocalAws({ log: (line) => console.log(`  ${line}`) });
try {
  await journey(aws);
  if (keep) await untilInterrupted(aws);
  else
    say(
      '\nDone. Next: "npm start -- --keep" leaves it running; README.md says how to deploy to a real account.',
    );
} catch (error) {
  console.error(`\nThe journey stopped: ${(error as Error).message}`);
  process.exitCode = 1;
} finally {
  await aws.close();
}
