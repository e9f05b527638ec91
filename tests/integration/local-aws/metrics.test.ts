import { CloudWatchClient, GetMetricStatisticsCommand, ListMetricsCommand } from '@aws-sdk/client-cloudwatch';
import { CreateAliasCommand, PublishVersionCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../../local-aws/local-aws.ts';
import { administrator } from '../../../tools/journey/customer-account.ts';
import { type Clients, clientsFor, createFunction, createRole, invoke } from './support.ts';

let aws: LocalAws;
let clients: Clients;
let cloudWatch: CloudWatchClient;

/** Prints a metric as AWS's embedded format has it, and fails when it is told to. */
const code = `export const handler = async ({ fail }) => {
  const CloudWatchMetrics = [{ Namespace: 'Example', Dimensions: [['colour']], Metrics: [{ Name: 'seen', Unit: 'Count' }] }];
  process.stdout.write(JSON.stringify({ _aws: { Timestamp: 0, CloudWatchMetrics }, colour: 'green', seen: 3 }) + '\\n');
  if (fail) throw new Error('as told');
};`;

beforeAll(async () => {
  aws = await startLocalAws({ enforceIam: true });
  clients = clientsFor(aws);
  cloudWatch = new CloudWatchClient(administrator(aws));
  // The role may not put metrics: Lambda does that by itself, and CloudWatch Logs takes embedded ones from the log.
  const role = await createRole(clients, 'example', [{ Effect: 'Allow', Action: 'logs:*', Resource: '*' }]);
  await createFunction(clients, { name: 'example', role, code });
  await clients.lambda.send(new PublishVersionCommand({ FunctionName: 'example' }));
  const prod = { FunctionName: 'example', Name: 'prod', FunctionVersion: '1' };
  await clients.lambda.send(new CreateAliasCommand(prod));
  await invoke(clients, 'example:prod', {});
  await invoke(clients, 'example:prod', { fail: true });
  await invoke(clients, 'example:1', {});
});
afterAll(() => aws?.close());

const hourMs = 3_600_000;

/** The sum and the largest of a metric over the last hour. */
async function statisticsOf(Namespace: string, MetricName: string, dimensions: Record<string, string>) {
  const { Datapoints = [] } = await cloudWatch.send(
    new GetMetricStatisticsCommand({
      Namespace,
      MetricName,
      Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      StartTime: new Date(Date.now() - hourMs),
      EndTime: new Date(Date.now() + hourMs),
      Period: 2 * 3600,
      Statistics: ['Sum', 'Maximum'],
    }),
  );
  return Datapoints[0];
}

const prod = { FunctionName: 'example', Resource: 'example:prod' };

describe('the metrics of a function that was invoked', () => {
  it.each([
    ['the function', { FunctionName: 'example' }, 3, 1],
    ['the alias that was called', prod, 2, 1],
    ['the version an alias led to', { ...prod, ExecutedVersion: '1' }, 2, 1],
    ['the version that was called', { FunctionName: 'example', Resource: 'example:1' }, 1, 0],
  ])('count calls and failures of %s', async (_what, dimensions, calls, errors) => {
    expect(await statisticsOf('AWS/Lambda', 'Invocations', dimensions)).toMatchObject({ Sum: calls });
    expect(await statisticsOf('AWS/Lambda', 'Errors', dimensions)).toMatchObject({ Sum: errors });
  });

  it('measure how long it took', async () => {
    expect((await statisticsOf('AWS/Lambda', 'Duration', prod))?.Maximum).toBeGreaterThan(0);
  });

  it('have what it printed in the embedded metric format', async () => {
    expect(await statisticsOf('Example', 'seen', { colour: 'green' })).toMatchObject({ Sum: 9, Maximum: 3 });
    const { Metrics = [] } = await cloudWatch.send(new ListMetricsCommand({ Namespace: 'Example' }));
    expect(Metrics.map(({ MetricName }) => MetricName)).toEqual(['seen']);
  });
});
