import type { AccountsCondition } from '../../schemas/generated/resource.js';
import { type Condition, type Finding, withCondition } from '../../shared/resources/conditions.ts';

/**
 * The conditions of these kinds with one of them set: as shared/resources/conditions.ts has it, and with when it was
 * last found.
 */
export function withProbedCondition(
  conditions: readonly AccountsCondition[] | undefined,
  found: Finding,
  now: Date,
): AccountsCondition[] {
  const probed = { ...found, lastProbeTime: now.toISOString() };
  return withCondition((conditions ?? []) as Condition[], probed, now);
}

/** The conditions with one that is so, and no other one any more. */
export function withOnlyCondition(
  conditions: readonly AccountsCondition[] | undefined,
  found: Omit<Finding, 'status'>,
  now: Date,
): AccountsCondition[] {
  const over = (conditions ?? []).filter(({ type, status }) => status === 'True' && type !== found.type);
  const ended = over.reduce(
    (all, { type, reason = type, message = '' }) =>
      withProbedCondition(all, { type, status: 'False', reason, message }, now),
    [...(conditions ?? [])],
  );
  return withProbedCondition(ended, { ...found, status: 'True' }, now);
}
