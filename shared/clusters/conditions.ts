import { plain } from '../platform-api/plain.ts';
import type { ClusterCondition, ClusterStatus } from '../platform-api/platform-api.ts';

/** What a condition means to whoever waits for the cluster. */
export type Verdict = 'bad' | 'unclear' | 'good';

const verdicts: readonly Verdict[] = ['bad', 'unclear', 'good'];

/**
 * Most conditions of HyperShift say that something is as it should be (`Available`, `ValidConfiguration`); these say
 * the opposite. https://hypershift.pages.dev/reference/api/#hypershift.openshift.io/v1beta1.ConditionType
 */
const saysTrouble = /Degraded|Fail|Error/;

/** Says that something goes on, which is neither good nor bad. */
const saysWork = /Progressing/;

/** Tells what is wrong with a cluster from what is as it should be. */
export function verdictOf({ type, status }: ClusterCondition): Verdict {
  if (status !== 'True' && status !== 'False') return 'unclear';
  const isTrue = status === 'True';
  if (saysWork.test(type)) return isTrue ? 'unclear' : 'good';
  return isTrue === saysTrouble.test(type) ? 'bad' : 'good';
}

/** Conditions with those that are bad first and those that are fine last. */
export function worstFirst(conditions: readonly ClusterCondition[]): ClusterCondition[] {
  const rank = (condition: ClusterCondition): number => verdicts.indexOf(verdictOf(condition));
  return conditions.toSorted((one, other) => rank(one) - rank(other));
}

/** A condition in a few words: `Available is False (Provisioning): waiting for etcd`. */
export function conditionText({ type, status, reason, message }: ClusterCondition): string {
  return plain(`${type} is ${status}${reason ? ` (${reason})` : ''}${message ? `: ${message}` : ''}`);
}

/** How far a cluster is, in one line: its phase, and the worst there is to say of it. */
export function statusText({
  phase,
  message,
  conditions,
}: Pick<ClusterStatus, 'phase' | 'message' | 'conditions'>): string {
  const worst = worstFirst(conditions)[0];
  const bad = worst && verdictOf(worst) !== 'good' ? conditionText(worst) : undefined;
  return plain([phase, message, bad].filter(Boolean).join('; '));
}
