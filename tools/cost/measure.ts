import { writeFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { CloudWatchLogsClient, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { startLocalAws } from '../../local-aws/local-aws.ts';
import { deploy } from '../deploy.ts';
import { administrator, type CustomerAccount, prepareCustomerAccount } from '../journey/customer-account.ts';
import { type Measurement, measurementOf } from './measurement.ts';

/**
 * Measures what an invocation of each function takes, on the laptop AWS, and writes `measurements.json`:
 * `node tools/cost/measure.ts`. Only cold starts are measured: a cluster is not made every minute.
 */
const aws = await startLocalAws({ log: console.log });

/** The laptop AWS ends an environment after a minute without work; the deploy's dry runs have started some. */
const untilColdMs = 75_000;

const requests = ({ vpcId, privateSubnetIds, publicSubnetIds }: CustomerAccount) => ({
  'oidc-provisioner': { issuer_url: 'https://oidc.op1.openshiftapps.com/2f3a1c7e', cluster_id: '2f3a1c7e' },
  'preflight-checker': {
    region: 'us-east-1',
    cluster_config: { instance_types: ['m5.xlarge'], node_count: 3, max_node_count: 6 },
  },
  'network-verifier': { vpc_id: vpcId, subnet_ids: [...privateSubnetIds, ...publicSubnetIds] },
});

/** The lines of the function's log so far. */
async function logLines(functionName: string): Promise<string[]> {
  const client = new CloudWatchLogsClient(administrator(aws));
  const lines: string[] = [];
  const pages = paginateFilterLogEvents({ client }, { logGroupName: `/aws/lambda/${functionName}` });
  for await (const { events = [] } of pages) lines.push(...events.flatMap(({ message }) => message ?? []));
  return lines;
}

/** How many calls to AWS functions have made since they were last forgotten; Lambda itself writes the log. */
async function awsCalls(): Promise<number> {
  const answer = await fetch(`${aws.url}/_local-aws/calls`);
  const calls = (await answer.json()) as { service: string; principalArn: string }[];
  return calls.filter(
    ({ service, principalArn }) => service !== 'logs' && principalArn.includes(':assumed-role/'),
  ).length;
}

async function measure(component: string, request: object): Promise<Measurement> {
  const functionName = `rosa-${component}`;
  const earlier = (await logLines(functionName)).length;
  await fetch(`${aws.url}/_local-aws/calls`, { method: 'DELETE' });
  const Payload = Buffer.from(JSON.stringify(request));
  const invoke = new InvokeCommand({ FunctionName: functionName, Qualifier: 'prod', Payload });
  const answer = await new LambdaClient(administrator(aws)).send(invoke);
  if (answer.FunctionError) throw new Error(`${functionName} failed: ${answer.Payload?.transformToString()}`);
  const lines = (await logLines(functionName)).slice(earlier);
  return measurementOf(component, lines, await awsCalls());
}

try {
  const account = await prepareCustomerAccount(aws);
  await deploy({ stage: 'prod', environment: aws.environment });
  await setTimeout(untilColdMs);
  const functions: Measurement[] = [];
  for (const [component, request] of Object.entries(requests(account))) {
    functions.push(await measure(component, request));
  }
  const measured = { measured: new Date().toISOString().slice(0, 10), functions };
  const file = new URL('measurements.json', import.meta.url);
  await writeFile(file, `${JSON.stringify(measured, undefined, 2)}\n`);
  console.log(measured);
} finally {
  await aws.close();
}
