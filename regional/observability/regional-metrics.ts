import { Metrics } from '@aws-lambda-powertools/metrics';

/** The namespace of the regional side's metrics. */
export const regionalNamespace = 'RosaRegional';

/** The dimension `service` of all of them: who watches a region does not ask which of its functions counted. */
export const regionalService = 'rosa-regional';

/** The metrics of a function of the regional side. */
export const regionalMetrics = (): Metrics =>
  new Metrics({ namespace: regionalNamespace, serviceName: regionalService });
