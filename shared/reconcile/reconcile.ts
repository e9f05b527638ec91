import type { Resource, ResourceKey } from '../resources/resource.ts';

/**
 * How one look at a resource ended.
 * - `done`: it is as it should be; the next change brings it back.
 * - `again`: nothing more to do now; look again after about so many seconds (0: at once). See dueTime.
 * - `failed`: it cannot become as it should be until somebody changes it. The reason is on the resource, too.
 */
export type Reconciled =
  | { outcome: 'done' }
  | { outcome: 'again'; afterSeconds: number; written?: Resource }
  | { outcome: 'failed'; reason: string };

export const done: Reconciled = { outcome: 'done' };
export const again = (afterSeconds: number): Reconciled => ({ outcome: 'again', afterSeconds });
/**
 * Look again at once, at the resource as the controller has just written it: nobody else can have written it in between,
 * so that it needs no reading. Who writes it meanwhile is met by a conflict.
 */
export const goOnWith = (written: Resource): Reconciled => ({ outcome: 'again', afterSeconds: 0, written });
export const failed = (reason: string): Reconciled => ({ outcome: 'failed', reason });

/** What a controller may know of the invocation it runs in. */
export interface ReconcileContext {
  /** Milliseconds until the invocation is ended. */
  remainingMs(): number;
  now(): Date;
}

/**
 * Brings resources of one kind closer to what they should be, a step at a time. It is called for a resource as it is
 * now, and never for what has changed: events may come twice, late, or not at all. It may be killed at any point.
 */
export interface Controller<Spec extends object, Status extends object> {
  kind: string;
  reconcile(resource: Resource<Spec, Status>, context: ReconcileContext): Promise<Reconciled>;
}

/** The annotation by which a person has a resource looked at: set, or set to another time. UTC, ISO 8601. */
export const lookRequestedAt = 'aws.managed.openshift.io/reconcile-requested-at';

/** A resource that is to be looked at. */
export interface Work {
  key: ResourceKey;
  afterSeconds: number;
  /** The time that a timer is set for; work that is to wait is given one when it is queued. */
  dueAt?: Date;
  /**
   * What it is for. Work at once for the same resource that names the same reason within five minutes is the same work;
   * without a reason it is always another.
   */
  reason?: string;
}

/** Where work waits. One resource is worked on by one worker at a time. */
export interface WorkQueue {
  /** Has resources looked at, each after its number of seconds. Rejects when some of it may not be done. */
  add(work: readonly Work[]): Promise<void>;
}
