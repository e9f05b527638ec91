import type { Logger } from '@aws-lambda-powertools/logger';
import type { Metrics } from '@aws-lambda-powertools/metrics';
import { measure } from '../../shared/operation/measure.ts';
import type { StepReport } from '../clusters/cluster-controller.ts';

/** Steps that were done with the role, since the functions could not be used: all of them, and by the kind of failure. */
export const fallbacksMetric = 'Fallbacks';

function countFallback(metrics: Metrics, kind: string): void {
  measure(metrics, { name: fallbacksMetric, value: 1, dimensions: { kind } });
  // An alarm cannot search for those of each kind:
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-search-expressions.html
  measure(metrics, { name: fallbacksMetric, value: 1 });
}

/** What the log tells of a step: flat, so that it can be searched and counted by each field. */
function recordOf({ cluster, account, operation }: StepReport) {
  const { error, fallback, findings: _, findings_cut: __, ...ended } = operation;
  return {
    ...ended,
    account_id: account.metadata.name,
    cluster_id: cluster.metadata.name,
    access_mode: cluster.spec.accessMode,
    account_mode: account.spec.registration.access_mode,
    ...(error && { error_kind: error.kind, error_type: error.error_type, error_message: error.message }),
    ...(fallback && { fallback_kind: fallback.kind, fallback_reason: fallback.message }),
  };
}

/**
 * Tells log and metrics of every step that has ended: who answered for whom, of which release, and when the functions
 * could not be used. The fleet's dashboard is made of these records.
 */
export const stepReporter =
  (logger: Logger, metrics: Metrics) =>
  (ended: StepReport): void => {
    const { operation, outcome, via, fallback, error } = ended.operation;
    logger.info('step ended', recordOf(ended));
    measure(metrics, { name: 'StepsEnded', value: 1, dimensions: { operation, outcome, via } });
    if (fallback) countFallback(metrics, fallback.kind);
    if (error) measure(metrics, { name: 'StepErrors', value: 1, dimensions: { kind: error.kind } });
  };
