import { runbook } from '../../observability/runbooks.ts';
import { type Resource, type Resources, ref, when } from '../../observability/template.ts';
import { alertAt } from '../alerts/consecutive-failures.ts';
import { regionalNamespace, regionalService } from './regional-metrics.ts';
import { consecutiveFailuresMetric } from './report-failures.ts';

/** One thing that is watched. */
interface Alarm {
  /** The end of the alarm's name. */
  name: string;
  /** What it means, as a sentence without a full stop. */
  means: string;
  metric: Metric;
  /** It rings above this. */
  threshold: number;
  /** Where it is said what to do. */
  whatToDo?: string;
}

interface Metric {
  Namespace: string;
  MetricName: string;
  Dimensions: Record<string, unknown>;
  Statistic: 'Sum' | 'Maximum' | 'Average';
}

const functions = {
  Api: 'rosa-regional-api',
  Distributor: 'rosa-regional-distributor',
  Worker: 'rosa-regional-worker',
};

const ofFunction = (
  FunctionName: string,
  MetricName: string,
  Statistic: Metric['Statistic'] = 'Sum',
): Metric => ({
  Namespace: 'AWS/Lambda',
  MetricName,
  Dimensions: { FunctionName },
  Statistic,
});

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html */
const ofQueue = (logicalId: string, MetricName: string): Metric => ({
  Namespace: 'AWS/SQS',
  MetricName,
  Dimensions: { QueueName: { 'Fn::GetAtt': [logicalId, 'QueueName'] } },
  Statistic: 'Maximum',
});

const functionAlarms = Object.entries(functions).flatMap(([id, name]): [string, Alarm][] => [
  [
    `${id}Errors`,
    {
      name: `${name}-errors`,
      means: `${name} failed`,
      metric: ofFunction(name, 'Errors'),
      threshold: 0,
    },
  ],
  [
    `${id}Throttles`,
    {
      name: `${name}-throttles`,
      means: `Lambda turned calls of ${name} away, since too many were running`,
      metric: ofFunction(name, 'Throttles'),
      threshold: 0,
    },
  ],
]);

const deadLetterAlarms = [
  ['DeadWorkQueue', 'work', 'a resource could not be looked at in five tries'],
  ['DeadTimersQueue', 'timers', 'a timer could not be passed on in five tries'],
  ['DeadChangesQueue', 'changes', 'changes of the table could not be distributed within an hour'],
].map(([id = '', what, means = '']): [string, Alarm] => [
  id,
  {
    name: `rosa-regional-${what}-dead`,
    means,
    metric: ofQueue(id, 'ApproximateNumberOfMessagesVisible'),
    threshold: 0,
  },
]);

/** Milliseconds: half of the time between two sweeps would be normal after a pause. */
const oldestChange = 600_000;
/** Seconds. */
const oldestWork = 1_800;

const otherAlarms: [string, Alarm][] = [
  [
    'ConsecutiveFailedClusters',
    {
      name: 'rosa-regional-clusters-failing',
      means: `${alertAt} clusters or more failed one after the other: that points to the platform rather than to a customer`,
      metric: {
        Namespace: regionalNamespace,
        MetricName: consecutiveFailuresMetric,
        Dimensions: { service: regionalService },
        Statistic: 'Maximum',
      },
      threshold: alertAt - 1,
      whatToDo: runbook('clusters-failing'),
    },
  ],
  [
    'ChangesWait',
    {
      name: 'rosa-regional-changes-wait',
      means: 'changes of the table wait for more than 10 minutes',
      metric: ofFunction(functions.Distributor, 'IteratorAge', 'Maximum'),
      threshold: oldestChange,
    },
  ],
  [
    'WorkWaits',
    {
      name: 'rosa-regional-work-waits',
      means: 'work waits for more than 30 minutes',
      metric: ofQueue('WorkQueue', 'ApproximateAgeOfOldestMessage'),
      threshold: oldestWork,
    },
  ],
  [
    'ApiFaults',
    {
      name: 'rosa-regional-api-faults',
      means: 'more than 5 % of the requests to the Platform API of 5 minutes were not served',
      metric: {
        Namespace: 'AWS/ApiGateway',
        MetricName: '5XXError',
        Dimensions: { ApiName: 'rosa-regional' },
        Statistic: 'Average',
      },
      threshold: 0.05,
    },
  ],
];

const actions = [when('HasAlarmTopicArn', ref('AlarmTopicArn'), ref('AlarmTopic'))];

const resource = ({
  name,
  means,
  metric,
  threshold,
  whatToDo = 'regional/README.md#alarms',
}: Alarm): Resource => ({
  Type: 'AWS::CloudWatch::Alarm',
  Condition: 'HasAlarms',
  Properties: {
    AlarmName: name,
    AlarmDescription: `${means}. What to do: ${whatToDo}`,
    ...metric,
    Dimensions: Object.entries(metric.Dimensions).map(([Name, Value]) => ({ Name, Value })),
    Period: 300,
    EvaluationPeriods: 1,
    Threshold: threshold,
    ComparisonOperator: 'GreaterThanThreshold',
    // Nothing happened: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
    TreatMissingData: 'notBreaching',
    AlarmActions: actions,
    OKActions: actions,
  },
});

/** The alarms of the regional service. */
export const regionalAlarms: Resources = Object.fromEntries(
  [...functionAlarms, ...deadLetterAlarms, ...otherAlarms].map(([id, alarm]) => [
    `${id}Alarm`,
    resource(alarm),
  ]),
);
