import type { Metrics } from '@aws-lambda-powertools/metrics';
import type { PlatformModeCounts, PlatformProgress } from '../../schemas/generated/platform-account-list.js';
import { measure } from '../../shared/operation/measure.ts';
import { gauges } from '../fleet/gauges.ts';

function report(metrics: Metrics, name: string, { access_modes }: PlatformModeCounts): void {
  for (const { access_mode, count } of access_modes) {
    measure(metrics, { name, value: count, dimensions: { access_mode } });
  }
}

/** Tells how many accounts and clusters have each access mode: the fleet's dashboard draws it. */
export function reportFleet(metrics: Metrics, { accounts, clusters }: PlatformProgress): void {
  report(metrics, gauges.accounts, accounts);
  report(metrics, gauges.clusters, clusters);
}
