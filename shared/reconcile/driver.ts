import { tenths } from '../operation/tenths.ts';
import { type Resource, type ResourceKey, sentenceOf } from '../resources/resource.ts';
import { ConflictError, type ResourceStore } from '../resources/resource-store.ts';
import type { Controller, ReconcileContext, Reconciled, WorkQueue } from './reconcile.ts';
import type { ReconcileRecord, Reporter } from './reporter.ts';

/** Controllers of whatever kinds, each with types of its own. */
// biome-ignore lint/suspicious/noExplicitAny: the kind of a resource tells its types, which no type here can say
export type Controllers = readonly Controller<any, any>[];

/** What reconciling needs of the world. */
export interface DriverDependencies {
  store: Pick<ResourceStore, 'get'>;
  queue: WorkQueue;
  controllers: Controllers;
  reporter: Reporter;
}

/** Looks at one resource in one invocation: more of them would be a controller that never gets anywhere. */
const mostAttempts = 25;

/** Conflicts in a row of one invocation, after which the others are left to finish. */
const mostConflicts = 5;

/** Seconds that they are given. */
const conflictPause = 1;

/** Milliseconds without which no other look is begun; a controller that needs more says `again`. */
const enoughMs = 10_000;

/** A reconcile that did not come to an end; its message is to be delivered again. */
class ReconcileError extends Error {
  override readonly name = 'ReconcileError';

  constructor(key: ResourceKey, options: ErrorOptions) {
    super(`${sentenceOf(key)} could not be reconciled`, options);
  }
}

type Look = Reconciled | { outcome: 'gone' } | { outcome: 'no controller' } | { outcome: 'conflict' };

/** What has happened so far. */
type Progress = Pick<ReconcileRecord, 'attempts' | 'conflicts' | 'correlation_id'>;

/** Has the controller look at the resource as it has just been written, or as it is read now. */
async function look(
  { store, controllers }: DriverDependencies,
  context: ReconcileContext,
  { key, written, progress }: { key: ResourceKey; written?: Resource | undefined; progress: Progress },
): Promise<Look> {
  const controller = controllers.find(({ kind }) => kind === key.kind);
  if (!controller) return { outcome: 'no controller' };
  progress.attempts += 1;
  const resource = written ?? (await store.get(key));
  if (!resource) return { outcome: 'gone' };
  progress.correlation_id = resource.metadata.uid;
  try {
    return await controller.reconcile(resource, context);
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    progress.conflicts += 1;
    return { outcome: 'conflict' };
  }
}

const isToGoOn = (look: Look): boolean =>
  look.outcome === 'conflict' || (look.outcome === 'again' && look.afterSeconds <= 0);

const hasRoom = ({ remainingMs }: ReconcileContext, { attempts, conflicts }: Progress): boolean =>
  attempts < mostAttempts && conflicts < mostConflicts && remainingMs() >= enoughMs;

type Ending = Pick<ReconcileRecord, 'outcome' | 'after_seconds' | 'reason'>;

/** What is left to do when there will be no other look in this invocation. */
function endingOf(look: Look): Ending {
  switch (look.outcome) {
    case 'conflict':
      return { outcome: 'again', after_seconds: conflictPause, reason: 'others keep changing it' };
    case 'again':
      return { outcome: 'again', after_seconds: look.afterSeconds };
    default:
      return look;
  }
}

async function untilItRests(
  dependencies: DriverDependencies,
  context: ReconcileContext,
  key: ResourceKey,
  progress: Progress,
): Promise<Ending> {
  let written: Resource | undefined;
  for (;;) {
    const seen = await look(dependencies, context, { key, written, progress });
    written = seen.outcome === 'again' ? seen.written : undefined;
    if (isToGoOn(seen) && hasRoom(context, progress)) continue;
    const ending = endingOf(seen);
    if (ending.outcome === 'again') {
      await dependencies.queue.add([{ key, afterSeconds: ending.after_seconds ?? 0 }]);
    }
    return ending;
  }
}

/**
 * Brings one resource as close to what it should be as this invocation can, and leaves the rest to the queue.
 * @throws ReconcileError when a controller, the store or the queue threw
 */
export async function reconcileOne(
  dependencies: DriverDependencies,
  context: ReconcileContext,
  key: ResourceKey,
): Promise<ReconcileRecord> {
  const startedAt = performance.now();
  const progress: Progress = { attempts: 0, conflicts: 0 };
  const recordOf = (ending: Ending): ReconcileRecord => {
    const { kind, namespace, name } = key;
    return { kind, namespace, name, ...ending, duration: tenths(performance.now() - startedAt), ...progress };
  };
  try {
    const record = recordOf(await untilItRests(dependencies, context, key, progress));
    dependencies.reporter.reconciled(record);
    return record;
  } catch (error) {
    dependencies.reporter.reconciled(recordOf({ outcome: 'threw' }), error);
    throw new ReconcileError(key, { cause: error });
  }
}
