import { readOperations } from './cluster-operation.ts';
import { type Fields, fieldsOf, objectAt, optionalText, text } from './fields.ts';
import type { ClusterCondition, ClusterStatus } from './platform-api.ts';

/** What the versions call the time at which a condition last changed. */
type TimeField = 'lastTransitionTime' | 'last_transition_time';

function condition(value: unknown, timeField: TimeField): ClusterCondition {
  const of = fieldsOf(value, 'a condition');
  return {
    type: text(of, 'type'),
    status: text(of, 'status'),
    reason: optionalText(of, 'reason'),
    message: optionalText(of, 'message'),
    lastTransitionTime: optionalText(of, timeField),
  };
}

/** Reads the field `status` of an answer; a new cluster may have none yet. @throws WrongShape */
export function readStatus(answer: Fields, timeField: TimeField): ClusterStatus {
  const of = objectAt(answer, 'status');
  const conditions = Array.isArray(of.conditions) ? of.conditions : [];
  return {
    phase: optionalText(of, 'phase') ?? 'Unknown',
    message: optionalText(of, 'message'),
    conditions: conditions.map((value) => condition(value, timeField)),
    operations: readOperations(of),
  };
}
