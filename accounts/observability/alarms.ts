import { type Alarm, driverAlarms } from '../../observability/driver-alarms.ts';
import { runbook } from '../../observability/runbooks.ts';
import { accountsNamespace, accountsService } from './accounts-metrics.ts';
import { ownGauges, seedGauges } from './gauges.ts';

const gauge = (MetricName: string): Alarm['metric'] => ({
  Namespace: accountsNamespace,
  MetricName,
  Dimensions: { service: accountsService },
  Statistic: 'Maximum',
});

/** Per cent of the organization's limit. */
const near = 90;

/** A claim is to be filled at once; a pool that had none is given the time to make one. */
const longestMinutes = 30;

/** The alarms of the accounts service. */
export const accountsAlarms = driverAlarms({
  service: accountsService,
  whatToDo: 'docs/accounts/README.md#alarms',
  alarms: {
    EmptyPools: {
      name: 'rosa-accounts-pool-empty',
      means: 'a pool has had no account that could be claimed for half an hour',
      metric: gauge(ownGauges.emptyPools.name),
      threshold: 0,
      periods: 6,
    },
    FailedAccounts: {
      name: 'rosa-accounts-failed',
      means: 'accounts have failed, and stay so until a person looks at them',
      metric: gauge(seedGauges.MetricTotalAccountCRsFailed.name),
      threshold: 0,
    },
    FailedAccesses: {
      name: 'rosa-accounts-federated-access-failed',
      means:
        'federated accesses have failed or cannot be taken down, and stay so until a person looks at them',
      metric: gauge(ownGauges.failedAccesses.name),
      threshold: 0,
    },
    ClaimPending: {
      name: 'rosa-accounts-claim-pending',
      means: `a claim has waited for an account for more than ${longestMinutes} minutes`,
      metric: gauge(ownGauges.longestPending.name),
      threshold: longestMinutes * 60,
      whatToDo: runbook('claims-pending'),
    },
    CleanUpFailed: {
      name: 'rosa-accounts-clean-up-failed',
      means: 'what a claim has left in its account cannot be taken away, so that nobody gets the account',
      metric: gauge(ownGauges.cleanUpsFailed.name),
      threshold: 0,
      whatToDo: runbook('clean-up-failed'),
    },
    LimitNear: {
      name: 'rosa-accounts-limit-near',
      means: `more than ${near} % of the accounts that the organization may have are used`,
      metric: gauge(ownGauges.limitUsed.name),
      threshold: near,
    },
    LimitUnknown: {
      name: 'rosa-accounts-limit-unknown',
      means: 'the accounts of the organization could not be counted for 15 minutes, so that none is made',
      metric: gauge(ownGauges.limitUnknown.name),
      threshold: 0,
      periods: 3,
    },
  },
});
