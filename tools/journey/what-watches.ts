import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  ListDashboardsCommand,
  ListMetricsCommand,
} from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  DescribeQueryDefinitionsCommand,
  FilterLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import type { LocalAws } from '../../local-aws/local-aws.ts';
import { componentNames } from '../../shared/customer-stack/components.ts';
import { administrator } from './customer-account.ts';

const queryFolder = 'rosa-lambda-access/';
const metricsNamespace = 'RosaLambdaAccess';

/** How many of something there are, and the command that lists them. */
const line = (count: number, what: string, command: string): string => `  ✔ ${count} ${what}: aws ${command}`;

/** One record for each invocation; the lines around it are Lambda's own and those of the metrics. */
const isRecord = (message = ''): boolean => /"message":"operation (completed|failed)"/.test(message);

async function recordsOf(logs: CloudWatchLogsClient, component: string): Promise<number> {
  const logGroupName = `/aws/lambda/rosa-${component}`;
  const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName }));
  return events.filter(({ message }) => isRecord(message)).length;
}

/** Counts what the deploy has installed for watching the functions, and what they have recorded: a line for each. */
export async function whatWatches(aws: LocalAws): Promise<string[]> {
  const cloudWatch = new CloudWatchClient(administrator(aws));
  const logs = new CloudWatchLogsClient(administrator(aws));
  const { MetricAlarms: alarms = [] } = await cloudWatch.send(new DescribeAlarmsCommand({}));
  const { DashboardEntries: dashboards = [] } = await cloudWatch.send(new ListDashboardsCommand({}));
  const { queryDefinitions: queries = [] } = await logs.send(
    new DescribeQueryDefinitionsCommand({ queryDefinitionNamePrefix: queryFolder }),
  );
  const { Metrics: metrics = [] } = await cloudWatch.send(
    new ListMetricsCommand({ Namespace: metricsNamespace }),
  );
  const records = await Promise.all(componentNames.map((component) => recordsOf(logs, component)));
  const recorded = records.reduce((sum, count) => sum + count, 0);
  return [
    line(alarms.length, 'alarms', 'cloudwatch describe-alarms'),
    line(dashboards.length, 'dashboard', 'cloudwatch list-dashboards'),
    line(
      queries.length,
      'saved queries',
      `logs describe-query-definitions --query-definition-name-prefix ${queryFolder}`,
    ),
    line(metrics.length, 'metrics', `cloudwatch list-metrics --namespace ${metricsNamespace}`),
    line(
      recorded,
      'records',
      `logs filter-log-events --log-group-name /aws/lambda/rosa-${componentNames[0]}`,
    ),
    '  What to do when one rings: docs/runbooks/README.md',
  ];
}
