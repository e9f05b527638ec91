import {
  type CloudWatchClient,
  DescribeAlarmsCommand,
  GetMetricDataCommand,
  type MetricAlarm,
  type MetricDataQuery,
} from '@aws-sdk/client-cloudwatch';
import { evaluateExpression, type Values } from './metric-math.ts';

const hourMs = 3_600_000;

/** An alarm on one metric has no queries; it is one itself. */
const queriesOf = (alarm: MetricAlarm): MetricDataQuery[] =>
  alarm.Metrics?.length
    ? alarm.Metrics
    : [
        {
          Id: 'value',
          MetricStat: {
            Metric: {
              Namespace: alarm.Namespace,
              MetricName: alarm.MetricName,
              Dimensions: alarm.Dimensions,
            },
            Period: alarm.Period,
            Stat: alarm.Statistic,
          },
        },
      ];

/** What was recorded of each metric in the last hour, taken as one period; 0 where nothing was. */
async function recordedValues(cloudWatch: CloudWatchClient, queries: MetricDataQuery[]): Promise<Values> {
  const MetricDataQueries = queries
    .filter(({ MetricStat }) => MetricStat)
    .map(({ Id, MetricStat }) => ({ Id, MetricStat: { ...MetricStat, Period: 4 * 3600 } as never }));
  const { MetricDataResults = [] } = await cloudWatch.send(
    new GetMetricDataCommand({
      MetricDataQueries,
      StartTime: new Date(Date.now() - hourMs),
      EndTime: new Date(Date.now() + hourMs),
    }),
  );
  return Object.fromEntries(MetricDataResults.map(({ Id = '', Values = [] }) => [Id, Values[0] ?? 0]));
}

/**
 * What an alarm looks at, by its own metrics and expression, and whether that is more than its threshold.
 * The laptop AWS keeps alarms and metrics, but does not evaluate the one with the other.
 */
export async function alarmNow(cloudWatch: CloudWatchClient, name: string) {
  const { MetricAlarms = [] } = await cloudWatch.send(new DescribeAlarmsCommand({ AlarmNames: [name] }));
  const [alarm] = MetricAlarms;
  if (!alarm) throw new Error(`there is no alarm ${name}`);
  const queries = queriesOf(alarm);
  const values = await recordedValues(cloudWatch, queries);
  const expression = queries.find(({ Expression }) => Expression)?.Expression ?? 'value';
  const value = evaluateExpression(expression, values);
  if (alarm.ComparisonOperator !== 'GreaterThanThreshold') throw new Error('another comparison: teach this');
  return { value, rings: value > (alarm.Threshold ?? Number.POSITIVE_INFINITY) };
}
