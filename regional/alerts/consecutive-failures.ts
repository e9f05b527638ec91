import type { Resource, ResourceKey } from '../../shared/resources/resource.ts';
import { ConflictError, type ResourceStore } from '../../shared/resources/resource-store.ts';
import { type Cluster, clusterKind } from '../clusters/cluster.ts';

/** How a cluster ended. */
interface Ending {
  uid: string;
  account: string;
  cluster: string;
  failed: boolean;
  /** Why it failed. */
  message: string;
}

/** The clusters of the region that ended last. */
interface Tally {
  /** Failed ones since the last that got ready. */
  consecutiveFailures: number;
  /** The latest ends, the newest last: an event that comes twice is counted once. */
  recent: Ending[];
}

/** A resource before and after a write. */
export interface Change {
  before?: Resource;
  after?: Resource;
}

/** What the tally came to, when it has changed. */
export interface FailureCount {
  /** The most that failed one after the other; one that got ready in the same batch does not hide them. */
  consecutiveFailures: number;
  /** The latest that failed, the newest last. */
  failures: Ending[];
}

/** So many clusters that fail one after the other point to the code: the design's number. */
export const alertAt = 3;

/** More than come again with one batch of the stream: 100 records, or as many as the event source is set to. */
const remembered = 300;

const kind = 'ClusterTally';
const key: ResourceKey = { kind, namespace: 'alerts', name: 'consecutive-failures' };

const isEnd = (phase: string | undefined): boolean => phase === 'Ready' || phase === 'Failed';

const phaseOf = (resource: Resource | undefined): string | undefined =>
  (resource as Cluster | undefined)?.status?.phase;

function endingOf({ before, after }: Change): Ending[] {
  if (after?.kind !== clusterKind || !isEnd(phaseOf(after)) || isEnd(phaseOf(before))) return [];
  const { metadata, status } = after as Cluster;
  const { uid, namespace: account, name: cluster } = metadata;
  return [{ uid, account, cluster, failed: status?.phase === 'Failed', message: status?.message ?? '' }];
}

const counted = ({ consecutiveFailures, recent }: Tally, ending: Ending): Tally => ({
  consecutiveFailures: ending.failed ? consecutiveFailures + 1 : 0,
  recent: [...recent, ending].slice(-remembered),
});

/** The tally after each of the endings. */
function tallied(before: Tally, endings: Ending[]): Tally[] {
  const after: Tally[] = [];
  for (const ending of endings) after.push(counted(after.at(-1) ?? before, ending));
  return after;
}

const shortened = (ending: Ending): Ending => ({ ...ending, message: ending.message.slice(0, 300) });

type TallyResource = Resource<object, Tally>;

async function tallyOf(store: ResourceStore): Promise<TallyResource> {
  const found = await store.get<object, Tally>(key);
  if (found) return found;
  const { namespace, name } = key;
  const made = await store.create<object, Tally>({
    apiVersion: 'rosa.openshift.io/v1',
    kind,
    metadata: { namespace, name },
    spec: {},
  });
  return made.outcome === 'created' ? made.resource : tallyOf(store);
}

async function count(store: ResourceStore, endings: Ending[]): Promise<FailureCount | undefined> {
  const tally = await tallyOf(store);
  const before = tally.status ?? { consecutiveFailures: 0, recent: [] };
  const known = new Set(before.recent.map(({ uid }) => uid));
  const news = endings.filter(({ uid }) => !known.has(uid)).map(shortened);
  if (news.length === 0) return undefined;
  const after = tallied(before, news);
  const status = after.at(-1) ?? before;
  await store.updateStatus<object, Tally>({ ...tally, status });
  const consecutiveFailures = Math.max(...after.map((one) => one.consecutiveFailures));
  const failures = status.recent
    .filter(({ failed }) => failed)
    .slice(-Math.min(consecutiveFailures, alertAt));
  return { consecutiveFailures, failures: consecutiveFailures > 0 ? failures : [] };
}

/** Tries when other shards of the stream count at the same moment. */
const attempts = 5;

/**
 * Counts the clusters that failed one after the other, as the table's stream tells of them.
 * @returns undefined when none has ended, or all that have were counted before
 * @throws ConflictError when others go on counting at the same moment: the batch comes again
 */
export async function countFailures(
  store: ResourceStore,
  changes: readonly Change[],
): Promise<FailureCount | undefined> {
  const endings = changes.flatMap(endingOf);
  if (endings.length === 0) return undefined;
  for (let attempt = 1; ; attempt++) {
    try {
      return await count(store, endings);
    } catch (error) {
      if (!(error instanceof ConflictError) || attempt === attempts) throw error;
    }
  }
}
