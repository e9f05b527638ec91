import type { PlatformOperation } from '../../schemas/generated/platform-cluster.js';
import { type Condition, type Finding, withCondition } from '../../shared/resources/conditions.ts';
import type { ClusterStatus } from './cluster.ts';
import { inPhase } from './phases.ts';
import { nextStep, type Step } from './steps.ts';

const reasons: Record<PlatformOperation['outcome'], string> = {
  passed: 'Passed',
  warning: 'PassedWithWarnings',
  failed: 'ChecksFailed',
  error: 'NoResult',
};

const hasFailed = ({ outcome }: PlatformOperation): boolean => outcome === 'failed' || outcome === 'error';

const failedFindings = ({ findings = [] }: PlatformOperation): string[] =>
  findings
    .filter(({ status }) => status === 'failed')
    .map(({ check_name, message }) => `${check_name}: ${message}`);

/** What the operation came to, in a sentence. */
function messageOf(operation: PlatformOperation): string {
  const { error, summary, via, fallback } = operation;
  if (error) return error.message;
  const counted = summary
    ? `${summary.passed} passed, ${summary.warning} ${summary.warning === 1 ? 'warning' : 'warnings'}, ${summary.failed} failed`
    : 'done';
  return fallback
    ? `${counted}; via ${via}, since the functions could not be used: ${fallback.message}`
    : counted;
}

const finding = (step: Step, operation: PlatformOperation): Finding => ({
  type: step.condition,
  status: hasFailed(operation) ? 'False' : 'True',
  reason: reasons[operation.outcome],
  message: messageOf(operation),
});

/** Says why a cluster has failed: the first of the failed checks, or the error. */
function failureMessage(step: Step, operation: PlatformOperation): string {
  if (operation.error) return `${step.operation} gave no result: ${operation.error.message}`;
  const [first, ...others] = failedFindings(operation);
  const more = others.length > 0 ? ` (and ${others.length} more: see the findings)` : '';
  return `${step.operation} found what a cluster cannot be made with. ${first ?? messageOf(operation)}${more}`;
}

const ready = 'The account, its network and the OIDC provider are ready for the cluster';

/** The status of a cluster after a step has ended: on to the next, ready, or failed with its findings. */
export function afterStep(
  before: ClusterStatus,
  step: Step,
  { operation, learned, now }: { operation: PlatformOperation; learned?: Partial<ClusterStatus>; now: Date },
): ClusterStatus {
  const { trying: _, ...status } = before;
  const operations = [...status.operations, operation];
  const conditions: Condition[] = withCondition(status.conditions, finding(step, operation), now);
  const seen = { ...status, ...learned, operations, conditions };
  if (hasFailed(operation)) return inPhase(seen, 'Failed', failureMessage(step, operation));
  const next = nextStep(seen);
  return next ? inPhase(seen, 'Provisioning', next.doing) : inPhase(seen, 'Ready', ready);
}
