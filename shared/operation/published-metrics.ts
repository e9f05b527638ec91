import { type Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { MiddlewareObj } from '@middy/core';
import type { ReasonCode } from '../../schemas/generated/check.js';
import type { CallCounter } from '../aws/call-counter.ts';
import type { Finding } from '../checks/check.ts';
import type { CheckRun } from '../checks/check-run.ts';

/**
 * Reasons that somebody can do something about. What cannot be verified, or waits for another check, is no trouble
 * of its own, and each metric that is sent costs: docs/cost.md
 */
const troubles = new Set<unknown>([
  'access_denied',
  'throttled',
  'service_error',
  'deadline_exceeded',
  'value_absent',
  'internal_error',
] satisfies ReasonCode[]);

const reasonOf = ({ details }: Finding): unknown => details?.reason_code;

/** Publishes counts, one metric for each name, with the next line of metrics. */
export function publish(metrics: Metrics, counts: object): void {
  for (const [metric, count] of Object.entries(counts)) metrics.addMetric(metric, MetricUnit.Count, count);
}

/** Publishes those that are not zero: a metric is paid for by the hours in which it is sent. */
const publishAbove0 = (metrics: Metrics, counts: object): void =>
  publish(metrics, Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)));

/** How many findings of each check failed or could not be determined, without those that are 0. */
function countsOf({ findings }: CheckRun): [string, number][] {
  const failures = findings.filter(({ status }) => status === 'failed').length;
  const undetermined = findings.filter((finding) => troubles.has(reasonOf(finding))).length;
  const counts: [string, number][] = [
    ['check_failures', failures],
    ['check_undetermined', undetermined],
  ];
  return counts.filter(([, count]) => count > 0);
}

/** Publishes which checks failed or could not be determined, and whether time cut the answer short. */
export function publishChecks(metrics: Metrics, runs: readonly CheckRun[]): void {
  // A line for each metric, since the names of checks differ; one publisher for all, since making it takes 1 ms.
  const ofCheck = metrics.singleMetric();
  for (const run of runs) {
    for (const [metric, count] of countsOf(run)) {
      ofCheck.addDimension('check', run.name).addMetric(metric, MetricUnit.Count, count);
    }
  }
  const late = runs.some(({ findings }) => findings.some((one) => reasonOf(one) === 'deadline_exceeded'));
  publishAbove0(metrics, { deadline_ended_answers: Number(late) });
}

/** Counts failed invocations. */
export const countFailures = (metrics: Metrics): MiddlewareObj => ({
  onError: () => publish(metrics, { operation_failures: 1 }),
});

/** Counts the calls to AWS of each invocation, whatever becomes of it. */
export const countCalls = (metrics: Metrics, counter: CallCounter): MiddlewareObj => ({
  before: () => {
    counter.take();
  },
  after: () => publishAbove0(metrics, counter.take()),
  onError: () => publishAbove0(metrics, counter.take()),
});
