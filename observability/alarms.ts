import { errorRate, ofProd, ownNamespace } from './lambda-metrics.ts';
import { type Runbook, runbook } from './runbooks.ts';
import { type Resource, type Resources, ref, when } from './template.ts';
import { pascalCase, type WatchedFunction, watchedFunctions } from './watched-functions.ts';

/** One thing that is watched of every function. */
interface AlarmKind {
  /** The end of the alarm's name. */
  name: string;
  /** What it means, in a clause after the function's name. */
  means: string;
  runbook: Runbook;
  /** What is compared with the threshold. */
  watches(one: WatchedFunction): Record<string, unknown>;
}

/** Seconds over which everything is added up. */
const period = 300;

const dimensions = (values: Record<string, string>) =>
  Object.entries(values).map(([Name, Value]) => ({ Name, Value }));

const lambdaMetric = (one: WatchedFunction, MetricName: string) => ({
  Namespace: 'AWS/Lambda',
  MetricName,
  Dimensions: dimensions(ofProd(one)),
});

/** A metric that only an expression uses. */
const operand = (Id: string, one: WatchedFunction, MetricName: string) => ({
  Id,
  MetricStat: { Metric: lambdaMetric(one, MetricName), Period: period, Stat: 'Sum' },
  ReturnData: false,
});

const kinds: AlarmKind[] = [
  {
    name: 'error-rate',
    means: 'more than 5 % of the calls of 5 minutes failed',
    runbook: 'failing',
    watches: (one) => ({
      Metrics: [
        operand('errors', one, 'Errors'),
        operand('invocations', one, 'Invocations'),
        { Id: 'rate', Expression: errorRate('errors', 'invocations'), Label: 'failed calls in a hundred' },
      ],
      Threshold: 5,
    }),
  },
  {
    name: 'throttles',
    means: 'Lambda turned a call away, since too many were running',
    runbook: 'throttled',
    watches: (one) => ({
      ...lambdaMetric(one, 'Throttles'),
      Period: period,
      Statistic: 'Sum',
      Threshold: 0,
    }),
  },
  {
    name: 'duration',
    means: 'a call took longer than 30 seconds',
    runbook: 'slow',
    watches: (one) => ({
      ...lambdaMetric(one, 'Duration'),
      Period: period,
      Statistic: 'Maximum',
      Threshold: 30_000,
      Unit: 'Milliseconds',
    }),
  },
  {
    // Of all stages: the metric is the function's own, which does not know by which alias it was called.
    name: 'deadline',
    means: 'an answer was incomplete, since time ran out before AWS had answered everything',
    runbook: 'slow',
    watches: ({ component }) => ({
      Namespace: ownNamespace,
      MetricName: 'deadline_ended_answers',
      Dimensions: dimensions({ service: component }),
      Period: period,
      Statistic: 'Sum',
      Threshold: 0,
    }),
  },
];

/** Told when it begins and when it is over, so that an incident closes by itself. */
const actions = [when('HasAlarmTopicArn', ref('AlarmTopicArn'), ref('AlarmTopic'))];

const alarmName = (one: WatchedFunction, kind: AlarmKind): string => `${one.name}-${kind.name}`;

const alarm = (one: WatchedFunction, kind: AlarmKind): Resource => ({
  Type: 'AWS::CloudWatch::Alarm',
  Condition: 'HasAlarms',
  Properties: {
    AlarmName: alarmName(one, kind),
    AlarmDescription: `${one.name}: ${kind.means}. What to do: ${runbook(kind.runbook)}`,
    ...kind.watches(one),
    ComparisonOperator: 'GreaterThanThreshold',
    EvaluationPeriods: 1,
    // Nobody called: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
    TreatMissingData: 'notBreaching',
    AlarmActions: actions,
    OKActions: actions,
  },
});

/** The names of all alarms. */
export const alarmNames: string[] = watchedFunctions.flatMap((one) =>
  kinds.map((kind) => alarmName(one, kind)),
);

/** Four alarms for each function. */
export const alarms: Resources = Object.fromEntries(
  watchedFunctions.flatMap((one) =>
    kinds.map((kind) => [`${one.id}${pascalCase(kind.name)}Alarm`, alarm(one, kind)]),
  ),
);
