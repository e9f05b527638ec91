import { type Resource, type Resources, ref, when } from './template.ts';

/** One thing that is watched. */
export interface Alarm {
  /** The end of the alarm's name. */
  name: string;
  /** What it means, as a sentence without a full stop. */
  means: string;
  metric: Metric;
  /** It rings above this. */
  threshold: number;
  /** Times five minutes for which it must be so; one unless told. */
  periods?: number;
  /** Where it is said what to do, unless it is where the service's others are. */
  whatToDo?: string;
}

interface Metric {
  Namespace: string;
  MetricName: string;
  Dimensions: Record<string, unknown>;
  Statistic: 'Sum' | 'Maximum' | 'Average';
}

/** A service that stands on the driver. */
export interface WatchedService {
  /** Begins the names of its functions and queues. */
  service: string;
  /** Its functions beside distributor and worker: the ends of their names, by logical id. */
  functions?: Record<string, string>;
  /** Where it is said what to do. */
  whatToDo: string;
  /** What else is watched, by logical id. */
  alarms: Record<string, Alarm>;
}

const ofFunction = (
  FunctionName: string,
  MetricName: string,
  Statistic: Metric['Statistic'] = 'Sum',
): Metric => ({ Namespace: 'AWS/Lambda', MetricName, Dimensions: { FunctionName }, Statistic });

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html */
const ofQueue = (logicalId: string, MetricName: string): Metric => ({
  Namespace: 'AWS/SQS',
  MetricName,
  Dimensions: { QueueName: { 'Fn::GetAtt': [logicalId, 'QueueName'] } },
  Statistic: 'Maximum',
});

const functionAlarms = (id: string, name: string): [string, Alarm][] => [
  [
    `${id}Errors`,
    { name: `${name}-errors`, means: `${name} failed`, metric: ofFunction(name, 'Errors'), threshold: 0 },
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
];

const deadLetterAlarms = (service: string): [string, Alarm][] =>
  [
    ['DeadWorkQueue', 'work', 'a resource could not be looked at in five tries'],
    ['DeadTimersQueue', 'timers', 'a timer could not be passed on in five tries'],
    ['DeadChangesQueue', 'changes', 'changes of the table could not be distributed within an hour'],
  ].map(([id = '', what, means = '']): [string, Alarm] => [
    id,
    {
      name: `${service}-${what}-dead`,
      means,
      metric: ofQueue(id, 'ApproximateNumberOfMessagesVisible'),
      threshold: 0,
    },
  ]);

/** Milliseconds: half of the time between two sweeps would be normal after a pause. */
const oldestChange = 600_000;
/** Seconds. */
const oldestWork = 1_800;

const waitingAlarms = (service: string): [string, Alarm][] => [
  [
    'ChangesWait',
    {
      name: `${service}-changes-wait`,
      means: 'changes of the table wait for more than 10 minutes',
      metric: ofFunction(`${service}-distributor`, 'IteratorAge', 'Maximum'),
      threshold: oldestChange,
    },
  ],
  [
    'WorkWaits',
    {
      name: `${service}-work-waits`,
      means: 'work waits for more than 30 minutes',
      metric: ofQueue('WorkQueue', 'ApproximateAgeOfOldestMessage'),
      threshold: oldestWork,
    },
  ],
];

const actions = [when('HasAlarmTopicArn', ref('AlarmTopicArn'), ref('AlarmTopic'))];

const resource = ({ name, means, metric, threshold, periods = 1, whatToDo }: Alarm): Resource => ({
  Type: 'AWS::CloudWatch::Alarm',
  Condition: 'HasAlarms',
  Properties: {
    AlarmName: name,
    AlarmDescription: `${means}. What to do: ${whatToDo}`,
    ...metric,
    Dimensions: Object.entries(metric.Dimensions).map(([Name, Value]) => ({ Name, Value })),
    Period: 300,
    EvaluationPeriods: periods,
    Threshold: threshold,
    ComparisonOperator: 'GreaterThanThreshold',
    // Nothing happened: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
    TreatMissingData: 'notBreaching',
    AlarmActions: actions,
    OKActions: actions,
  },
});

/** The alarms of a service: those that the driver's parts need, and its own. */
export function driverAlarms({ service, functions = {}, whatToDo, alarms }: WatchedService): Resources {
  const all = { ...functions, Distributor: 'distributor', Worker: 'worker' };
  const watched = [
    ...Object.entries(all).flatMap(([id, name]) => functionAlarms(id, `${service}-${name}`)),
    ...deadLetterAlarms(service),
    ...waitingAlarms(service),
    ...Object.entries(alarms),
  ];
  return Object.fromEntries(watched.map(([id, alarm]) => [`${id}Alarm`, resource({ whatToDo, ...alarm })]));
}
