/** The latest finding on one aspect of a resource: https://github.com/kubernetes/community/blob/master/contributors/devel/sig-architecture/api-conventions.md#typical-status-properties */
export interface Condition {
  type: string;
  status: 'True' | 'False' | 'Unknown';
  /** One word for programs that says why. */
  reason: string;
  /** A sentence for people that says why. */
  message: string;
  /** When `status` last changed. UTC, ISO 8601. */
  lastTransitionTime: string;
}

/** A finding, before it is known whether it is new. */
export type Finding = Omit<Condition, 'lastTransitionTime'>;

/** The conditions with one of them set: its time of transition stays unless the status has changed. */
export function withCondition(conditions: readonly Condition[], found: Finding, now: Date): Condition[] {
  const before = conditions.find(({ type }) => type === found.type);
  const changed = before?.status !== found.status;
  const lastTransitionTime = changed ? now.toISOString() : before.lastTransitionTime;
  return [...conditions.filter((one) => one !== before), { ...found, lastTransitionTime }];
}
