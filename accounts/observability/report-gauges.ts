import type { Metrics } from '@aws-lambda-powertools/metrics';
import { measure } from '../../shared/operation/measure.ts';
import type { Reading } from './read-gauges.ts';

/** Publishes gauges, those of a pool by its name. */
export function reportGauges(metrics: Metrics, readings: readonly Reading[]): void {
  for (const { name, value, pool } of readings) {
    measure(metrics, { name, value, ...(pool !== undefined && { dimensions: { pool_name: pool } }) });
  }
}
