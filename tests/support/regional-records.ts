import { setTimeout as sleep } from 'node:timers/promises';
import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { clusterKind } from '../../regional/clusters/cluster.ts';
import type { BothSides } from './both-sides.ts';
import type { LogRecord } from './captured-output.ts';

const hourMs = 3_600_000;

/** What the regional service has left behind in its account: records, metrics, clusters. */
export class RegionalRecords {
  readonly cloudWatch: CloudWatchClient;
  readonly #logs: CloudWatchLogsClient;
  readonly #table: DynamoDBDocumentClient;

  constructor({ regional }: Pick<BothSides, 'regional'>) {
    this.cloudWatch = new CloudWatchClient(regional);
    this.#logs = new CloudWatchLogsClient(regional);
    this.#table = DynamoDBDocumentClient.from(new DynamoDBClient(regional));
  }

  /** The structured records of a function, oldest first; all, or those with a message. */
  async of(functionName: string, message?: string): Promise<LogRecord[]> {
    const records: LogRecord[] = [];
    const input = { logGroupName: `/aws/lambda/${functionName}` };
    for await (const page of paginateFilterLogEvents({ client: this.#logs }, input)) {
      const lines = (page.events ?? []).flatMap((event) => event.message ?? []);
      records.push(...lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line)));
    }
    return message ? records.filter((record) => record.message === message) : records;
  }

  /** The records of the steps of clusters that have ended. */
  stepsEnded(): Promise<LogRecord[]> {
    return this.of('rosa-regional-worker', 'step ended');
  }

  /** The sum of what was published of a metric of the regional service. */
  async sum(MetricName: string, dimensions: Record<string, string>): Promise<number> {
    const all = { service: 'rosa-regional', ...dimensions };
    const command = new GetMetricStatisticsCommand({
      Namespace: 'RosaRegional',
      MetricName,
      Dimensions: Object.entries(all).map(([Name, Value]) => ({ Name, Value })),
      StartTime: new Date(Date.now() - hourMs),
      EndTime: new Date(Date.now() + hourMs),
      Period: 4 * 3_600,
      Statistics: ['Sum'],
    });
    const { Datapoints = [] } = await this.cloudWatch.send(command);
    return Datapoints.reduce((sum, { Sum = 0 }) => sum + Sum, 0);
  }

  /** The phase of every cluster, of whichever account, by its id. One request, however many there are. */
  async phases(): Promise<Map<string, string>> {
    const phases = new Map<string, string>();
    const input = {
      TableName: 'rosa-regional',
      FilterExpression: 'kind = :kind',
      ExpressionAttributeValues: { ':kind': clusterKind },
    };
    for await (const { Items = [] } of paginateScan({ client: this.#table }, input)) {
      for (const { name, status } of Items) phases.set(name, status?.phase ?? 'Pending');
    }
    return phases;
  }

  /** Waits until clusters are ready or have failed. @returns those that are neither after a minute and a half */
  async unended(ids: readonly string[]): Promise<string[]> {
    for (const until = Date.now() + 90_000; ; await sleep(250)) {
      const phases = await this.phases();
      const left = ids.filter((id) => !['Ready', 'Failed'].includes(phases.get(id) ?? ''));
      if (left.length === 0 || Date.now() > until) return left;
    }
  }
}
