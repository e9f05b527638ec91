import {
  type DashboardBody,
  expressionLine,
  graph,
  inRows,
  type Line,
  metricLine,
  text,
  type Widget,
} from '../../observability/dashboards/widgets.ts';
import type { Resources } from '../../observability/template.ts';
import { sub } from '../../observability/template.ts';
import { accessModes } from '../fleet/access-modes.ts';
import { gauges } from '../fleet/gauges.ts';
import { regionalNamespace, regionalService } from './regional-metrics.ts';
import { consecutiveFailuresMetric } from './report-failures.ts';
import { fallbacksMetric } from './report-step.ts';

const service = { service: regionalService };

/** Seconds between two counts of the fleet: the sweep's schedule. */
const countedEvery = 300;

const byMode = (metric: string): Line[] =>
  accessModes.map((mode) =>
    metricLine(
      regionalNamespace,
      metric,
      { ...service, access_mode: mode },
      { stat: 'Maximum', label: mode },
    ),
  );

/** Who has left OIDC/STS behind, in a hundred: the design's measure for giving it up is 90. */
function migrated(metric: string, label: string, prefix: string): Line[] {
  const counted = accessModes.map((mode, index) =>
    metricLine(
      regionalNamespace,
      metric,
      { ...service, access_mode: mode },
      { id: `${prefix}${index}`, stat: 'Maximum', visible: false },
    ),
  );
  const [first] = accessModes.map((_, index) => `${prefix}${index}`);
  const all = accessModes.map((_, index) => `${prefix}${index}`).join(' + ');
  return [...counted, expressionLine(`100 * ${first} / (${all})`, { id: `${prefix}share`, label })];
}

const searched = (metric: string, dimension: string): Line[] => [
  expressionLine(
    `SEARCH('{${regionalNamespace},${dimension},service} MetricName="${metric}" service="${regionalService}"', 'Sum', 300)`,
    { id: metric.toLowerCase(), label: '' },
  ),
];

const stepsByOutcome: Line[] = [
  expressionLine(
    `SEARCH('{${regionalNamespace},operation,outcome,service,via} MetricName="StepsEnded" service="${regionalService}"', 'Sum', 300)`,
    { id: 'steps', label: '' },
  ),
];

/** The latest answer of each account's functions, from the records of the steps. */
export const accountsQuery = [
  'filter message = "step ended"',
  'stats latest(release) as last_release, latest(@timestamp) as last_answer, latest(account_mode) as mode, latest(via) as last_way, count(*) as steps, count(fallback_kind) as fallbacks by account_id',
  'sort last_answer desc',
  'limit 1000',
].join(' | ');

const accounts: Widget = {
  type: 'log',
  width: 24,
  height: 9,
  properties: {
    title: 'Accounts: release, last answer, mode',
    region: '${AWS::Region}',
    view: 'table',
    query: `SOURCE '/aws/lambda/rosa-regional-worker' | ${accountsQuery}`,
  },
};

/** The dashboard of the region's fleet; `${…}` is CloudFormation's. */
export const fleetBody: DashboardBody = {
  start: '-PT24H',
  widgets: inRows(
    [
      text(
        '## ROSA in ${AWS::Region}: accounts, clusters, migration\n\nHow far the migration is, what answers in whose account, and what fails. `GET /api/v1/accounts` tells the same of each account.',
        2,
      ),
    ],
    [
      graph({
        title: 'Accounts by mode',
        width: 8,
        unit: 'accounts',
        lines: byMode(gauges.accounts),
        period: countedEvery,
        stacked: true,
      }),
      graph({
        title: 'Clusters by mode',
        width: 8,
        unit: 'clusters',
        lines: byMode(gauges.clusters),
        period: countedEvery,
        stacked: true,
      }),
      graph({
        title: 'Migrated: by the functions alone',
        width: 8,
        unit: '%',
        period: countedEvery,
        lines: [...migrated(gauges.accounts, 'accounts', 'a'), ...migrated(gauges.clusters, 'clusters', 'c')],
      }),
    ],
    [
      graph({ title: 'Steps', width: 8, unit: 'steps', lines: stepsByOutcome, stacked: true }),
      graph({
        title: 'The functions could not be used',
        width: 8,
        unit: 'steps',
        lines: searched(fallbacksMetric, 'kind'),
      }),
      graph({
        title: 'Clusters that failed one after the other',
        width: 8,
        unit: 'clusters',
        lines: [metricLine(regionalNamespace, consecutiveFailuresMetric, service, { stat: 'Maximum' })],
      }),
    ],
    [accounts],
  ),
};

/** What the regional stack has for watching the fleet. */
export const fleetDashboard: Resources = {
  FleetDashboard: {
    Type: 'AWS::CloudWatch::Dashboard',
    Properties: {
      DashboardName: sub('rosa-regional-fleet-${AWS::Region}'),
      DashboardBody: sub(JSON.stringify(fleetBody)),
    },
  },
};
