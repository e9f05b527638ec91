import {
  type DashboardBody,
  expressionLine,
  graph,
  inRows,
  type Line,
  metricLine,
  text,
} from '../../observability/dashboards/widgets.ts';
import { type Resources, sub } from '../../observability/template.ts';
import { accountsNamespace, accountsService } from './accounts-metrics.ts';
import { ownGauges, poolGauges, seedGauges } from './gauges.ts';

const line = (metric: string, label: string): Line =>
  metricLine(accountsNamespace, metric, { service: accountsService }, { stat: 'Maximum', label });

/** One line for each pool. */
const byPool = (metric: string, id: string): Line =>
  expressionLine(
    `SEARCH('{${accountsNamespace},pool_name,service} MetricName="${metric}" service="${accountsService}"', 'Maximum', 300)`,
    { id, label: '' },
  );

const seed = (gauge: keyof typeof seedGauges, label: string): Line => line(seedGauges[gauge].name, label);

/** The dashboard of account minting; `${…}` is CloudFormation's. */
export const accountsBody: DashboardBody = {
  start: '-PT24H',
  widgets: inRows(
    [
      text(
        '## AWS accounts made ahead of need\n\nHow full the pools and the organization are, and what fails.',
        2,
      ),
    ],
    [
      graph({
        title: 'Available, by pool',
        width: 8,
        unit: 'accounts',
        lines: [byPool(poolGauges.available.name, 'a')],
      }),
      graph({
        title: 'On their way, by pool',
        width: 8,
        unit: 'accounts',
        lines: [byPool(poolGauges.progressing.name, 'p')],
      }),
      graph({
        title: 'To be had, by pool',
        width: 8,
        unit: 'accounts',
        lines: [byPool(poolGauges.size.name, 's')],
      }),
    ],
    [
      graph({
        title: 'Accounts',
        width: 12,
        unit: 'accounts',
        lines: [
          seed('MetricTotalAccountCRs', 'all'),
          seed('MetricTotalAccountCRsClaimed', 'claimed'),
          seed('MetricTotalAccountCRsUnclaimed', 'unclaimed'),
          seed('MetricTotalAccountCRsReady', 'ready'),
          seed('MetricTotalAccountPendingVerification', 'pending verification'),
          seed('MetricTotalAccountCRsFailed', 'failed'),
        ],
      }),
      graph({
        title: 'Claims',
        width: 12,
        unit: 'claims',
        lines: [
          seed('MetricTotalAccountClaimCRs', 'all'),
          line(ownGauges.pendingClaims.name, 'pending'),
          line(ownGauges.cleanUpsFailed.name, 'clean-ups failed'),
        ],
      }),
    ],
    [
      graph({
        title: 'Accounts of the organization',
        width: 12,
        unit: 'accounts',
        lines: [seed('MetricTotalAWSAccounts', 'all')],
      }),
      graph({
        title: 'Used of the limit',
        width: 12,
        unit: '%',
        lines: [line(ownGauges.limitUsed.name, 'used')],
      }),
    ],
  ),
};

/** What the accounts stack has for watching. */
export const accountsDashboard: Resources = {
  AccountsDashboard: {
    Type: 'AWS::CloudWatch::Dashboard',
    Properties: {
      DashboardName: sub('rosa-accounts-${AWS::Region}'),
      DashboardBody: sub(JSON.stringify(accountsBody)),
    },
  },
};
