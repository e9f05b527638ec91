import type { Logger } from '@aws-lambda-powertools/logger';
import type { Metrics } from '@aws-lambda-powertools/metrics';
import { runbook } from '../../observability/runbooks.ts';
import { measure } from '../../shared/operation/measure.ts';
import { alertAt, type FailureCount } from '../alerts/consecutive-failures.ts';

/** The metric that the alarm looks at. */
export const consecutiveFailuresMetric = 'ConsecutiveFailedClusters';

/**
 * Tells how many clusters failed one after the other. The alarm rings at three; the log names them, so that who is
 * called sees at once whether they are one customer's or everybody's.
 */
export function reportFailures(
  logger: Logger,
  metrics: Metrics,
  { consecutiveFailures, failures }: FailureCount,
): void {
  measure(metrics, { name: consecutiveFailuresMetric, value: consecutiveFailures });
  if (consecutiveFailures < alertAt) return;
  const accounts = new Set(failures.map(({ account }) => account)).size;
  logger.error('clusters fail one after the other', {
    consecutive_failures: consecutiveFailures,
    accounts,
    failures: failures.map(({ account, cluster, message }) => ({ account, cluster, message })),
    next: runbook('clusters-failing'),
  });
}
