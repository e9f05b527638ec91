import { driverAlarms } from '../../observability/driver-alarms.ts';
import { runbook } from '../../observability/runbooks.ts';
import { alertAt } from '../alerts/consecutive-failures.ts';
import { regionalNamespace, regionalService } from './regional-metrics.ts';
import { consecutiveFailuresMetric } from './report-failures.ts';
import { fallbacksMetric } from './report-step.ts';

/** The alarms of the regional service. */
export const regionalAlarms = driverAlarms({
  service: regionalService,
  functions: { Api: 'api' },
  whatToDo: 'regional/README.md#alarms',
  alarms: {
    ConsecutiveFailedClusters: {
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
    Fallbacks: {
      name: 'rosa-regional-fallbacks',
      means: 'the functions of an account in mode dual could not be used, and its role has done their work',
      metric: {
        Namespace: regionalNamespace,
        MetricName: fallbacksMetric,
        Dimensions: { service: regionalService },
        Statistic: 'Sum',
      },
      threshold: 0,
    },
    ApiFaults: {
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
  },
});
