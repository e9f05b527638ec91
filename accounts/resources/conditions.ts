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
