import type { ResourceKey } from '../resources/resource.ts';

/** One reconcile, from the message to its outcome: what is logged of it. */
export interface ReconcileRecord extends ResourceKey {
  /** `gone`: there is no such resource. `no controller`: nobody looks at this kind. `threw`: it will be tried again. */
  outcome: 'done' | 'again' | 'failed' | 'gone' | 'no controller' | 'threw';
  /** Seconds until it is looked at again. */
  after_seconds?: number;
  /** Why it failed, or is looked at again though no controller asked for it. */
  reason?: string;
  /** Milliseconds. */
  duration: number;
  /** How often the resource was looked at. */
  attempts: number;
  /** How often somebody else had written meanwhile. */
  conflicts: number;
  /** The resource's uid; absent when there is none. */
  correlation_id?: string;
}

/** Who is told what came of the work. */
export interface Reporter {
  reconciled(record: ReconcileRecord, error?: unknown): void;
  /** A message or stream record that makes no sense and is not looked at again. `id`: by which its queue knows it. */
  dropped(what: 'message' | 'stream record', id: string): void;
}
