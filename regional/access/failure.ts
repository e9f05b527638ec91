import type { AccessFailure, AccessFailureKind } from './access.ts';

/** A value, or why there is none. */
export type Outcome<Value> = { value: Value } | { failure: AccessFailure };

/** A failure that does not pass by itself, unless said otherwise. */
export const failed = (
  kind: AccessFailureKind,
  message: string,
  more: Partial<AccessFailure> = {},
): AccessFailure => ({ kind, message, mayPass: false, ...more });
