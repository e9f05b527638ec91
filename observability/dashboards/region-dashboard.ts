import { alarmNames } from '../alarms.ts';
import { errorRate, ofProd, ownNamespace } from '../lambda-metrics.ts';
import { runbook } from '../runbooks.ts';
import { type Resources, sub, when } from '../template.ts';
import { type WatchedFunction, watchedFunctions } from '../watched-functions.ts';
import {
  type DashboardBody,
  expressionLine,
  graph,
  inRows,
  type Line,
  metricLine,
  text,
  type Widget,
} from './widgets.ts';

const heading = text(
  [
    '## ROSA Lambda Access in ${AWS::Region}',
    'Calls of the alias `prod`. Saved queries: CloudWatch → Logs Insights → `rosa-lambda-access/`.',
    `What to do: \`${runbook('failing')}\`, \`${runbook('throttled')}\`, \`${runbook('slow')}\`, \`${runbook('permission-lost')}\`, \`${runbook('rollback')}\`.`,
  ].join('\n\n'),
  3,
);

const alarmStates: Widget = {
  type: 'alarm',
  width: 24,
  height: 3,
  properties: {
    title: 'Alarms',
    alarms: alarmNames.map(
      (name) => `arn:\${AWS::Partition}:cloudwatch:\${AWS::Region}:\${AWS::AccountId}:alarm:${name}`,
    ),
  },
};

/** One line for each function. */
const forEach = (metric: string, stat: string): Line[] =>
  watchedFunctions.map((one) => metricLine('AWS/Lambda', metric, ofProd(one), { stat, label: one.name }));

const errorRates: Line[] = watchedFunctions.flatMap((one, index) => [
  metricLine('AWS/Lambda', 'Errors', ofProd(one), { id: `errors${index}`, stat: 'Sum', visible: false }),
  metricLine('AWS/Lambda', 'Invocations', ofProd(one), { id: `calls${index}`, stat: 'Sum', visible: false }),
  expressionLine(errorRate(`errors${index}`, `calls${index}`), { id: `rate${index}`, label: one.name }),
]);

const durations = (one: WatchedFunction): Widget =>
  graph({
    title: `Duration of ${one.name}`,
    width: 8,
    unit: 'ms',
    lines: ['p50', 'p99', 'Maximum'].map((stat) =>
      metricLine('AWS/Lambda', 'Duration', ofProd(one), { stat, label: stat }),
    ),
  });

/** Lambda counts the calls of an alias by the version that answered: the two of a canary stand beside each other. */
const versions: Line[] = watchedFunctions.map((one) =>
  expressionLine(
    `SEARCH('{AWS/Lambda,ExecutedVersion,FunctionName,Resource} MetricName="Invocations" Resource="${ofProd(one).Resource}"', 'Sum', 300)`,
    { id: `versions${one.id}`, label: one.name },
  ),
);

/** A line for each name of a check that the functions have counted. */
const byCheck = (metric: string): Line[] => [
  expressionLine(`SEARCH('{${ownNamespace},service,check} MetricName="${metric}"', 'Sum', 300)`, {
    id: metric,
    label: '',
  }),
];

const byService = (metric: string): Line[] =>
  watchedFunctions.map(({ component }) =>
    metricLine(ownNamespace, metric, { service: component }, { stat: 'Sum', label: component }),
  );

const latestFailures: Widget = {
  type: 'log',
  width: 24,
  height: 6,
  properties: {
    title: 'Latest failures, of all stages',
    region: '${AWS::Region}',
    view: 'table',
    query: [
      ...watchedFunctions.map(({ logGroup }) => `SOURCE '${logGroup}'`),
      'filter message = "operation failed"',
      'fields @timestamp, operation, function_version, result.errorType, result.errorMessage, request_id',
      'sort @timestamp desc',
      'limit 20',
    ].join(' | '),
  },
};

/** The dashboard's body, with the states of the alarms or without. */
export const regionDashboardBody = (withAlarms: boolean): DashboardBody => ({
  start: '-PT24H',
  widgets: inRows(
    [heading],
    withAlarms ? [alarmStates] : [],
    [
      graph({ title: 'Calls', width: 8, unit: 'calls', lines: forEach('Invocations', 'Sum') }),
      graph({ title: 'Error rate', width: 8, unit: '%', lines: errorRates }),
      graph({ title: 'Throttled calls', width: 8, unit: 'calls', lines: forEach('Throttles', 'Sum') }),
    ],
    watchedFunctions.map(durations),
    [
      graph({ title: 'Failed checks', width: 12, unit: 'findings', lines: byCheck('check_failures') }),
      graph({
        title: 'Undetermined checks',
        width: 12,
        unit: 'findings',
        lines: byCheck('check_undetermined'),
      }),
    ],
    [
      graph({
        title: 'Answers that time cut short',
        width: 12,
        unit: 'answers',
        lines: byService('deadline_ended_answers'),
      }),
      graph({ title: 'Calls by version', width: 12, unit: 'calls', lines: versions, stacked: true }),
    ],
    [latestFailures],
  ),
});

const body = (withAlarms: boolean) => sub(JSON.stringify(regionDashboardBody(withAlarms)));

/** The dashboard of one account and region. */
export const regionDashboard: Resources = {
  RegionDashboard: {
    Type: 'AWS::CloudWatch::Dashboard',
    Condition: 'HasDashboard',
    Properties: {
      DashboardName: sub('rosa-lambda-access-${AWS::Region}'),
      DashboardBody: when('HasAlarms', body(true), body(false)),
    },
  },
};
