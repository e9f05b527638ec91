import type { Logger } from '@aws-lambda-powertools/logger';
import type { Metrics } from '@aws-lambda-powertools/metrics';
import { errorChain } from '../operation/error-chain.ts';
import { publish } from '../operation/published-metrics.ts';
import type { Reporter } from './reporter.ts';

/**
 * Writes a record of each reconcile and of whatever is dropped, and counts them: docs/reconcile.md. Nobody but a
 * person can do something about a throw, or about what makes no sense, so these are errors.
 */
export const loggedReports = (logger: Logger, metrics: Metrics): Reporter => ({
  reconciled: (record, error) => {
    const { outcome, conflicts } = record;
    publish(metrics, { reconciles: 1, ...(conflicts > 0 && { reconcile_conflicts: conflicts }) });
    if (outcome !== 'threw') {
      logger.info('reconciled', { ...record });
      return;
    }
    publish(metrics, { reconcile_errors: 1 });
    logger.error('reconcile failed', { ...record, errors: errorChain(error) });
  },
  dropped: (what, id) => {
    publish(metrics, { dropped_messages: 1 });
    logger.error(`a ${what} makes no sense and is dropped`, { dropped_id: id });
  },
});
