import type { Observer } from '../../shared/reconcile/distribute.ts';
import type { Change } from '../../shared/reconcile/stream-changes.ts';
import { textOf } from '../../shared/reconcile/work-messages.ts';
import { keyOf, type Resource, type ResourceKey } from '../../shared/resources/resource.ts';
import type { ResourceStore } from '../../shared/resources/resource-store.ts';
import type { Step } from '../../shared/resources/steps.ts';
import { whileConflicting } from '../../shared/resources/while-conflicting.ts';
import { apiVersion } from '../resources/api.ts';
import { isSame, type Standing, standingOf } from './standing.ts';
import { plus, type Tally, tallyNamed } from './tally.ts';

/** What a resource was counted as. It is written together with the tally, so that nothing is counted twice. */
type Mark = Resource<{ counted: Standing | null }>;

/** How a resource stands after the last of its changes. */
interface News {
  key: ResourceKey;
  standing: Standing | undefined;
}

const markKeyOf = ({ kind, namespace, name }: ResourceKey): ResourceKey => ({
  kind: `Counted${kind}`,
  namespace,
  name,
});

/** The last standing of each resource whose standing has changed. */
function newsIn(changes: readonly Change[]): News[] {
  const news = new Map<string, News>();
  for (const { before, after } of changes) {
    const resource = after ?? before;
    const standing = standingOf(after);
    if (!resource || isSame(standingOf(before), standing)) continue;
    const key = keyOf(resource);
    news.set(textOf(key), { key, standing });
  }
  return [...news.values()];
}

/** Writes that leave a resource counted as it stands. */
function markStep(key: ResourceKey, mark: Mark | undefined, standing: Standing | undefined): Step {
  const spec = { counted: standing ?? null };
  if (mark) return { do: 'update', resource: { ...mark, spec } };
  const { kind, namespace, name } = markKeyOf(key);
  return { do: 'create', resource: { apiVersion, kind, metadata: { namespace, name }, spec } };
}

/** Tallies that are being changed, each read once. */
class OpenTallies {
  readonly #store: ResourceStore;
  readonly #tallies = new Map<string, Tally>();

  constructor(store: ResourceStore) {
    this.#store = store;
  }

  async add(standing: Standing | undefined, number: 1 | -1): Promise<void> {
    if (!standing) return;
    const { tally: name, word } = standing;
    const tally = this.#tallies.get(name) ?? (await tallyNamed(this.#store, name));
    this.#tallies.set(name, plus(tally, word, number));
  }

  get steps(): Step[] {
    return [...this.#tallies.values()].map((resource) => ({ do: 'updateStatus', resource }));
  }
}

/** Counts some resources, all in one transaction. */
async function count(store: ResourceStore, news: readonly News[]): Promise<void> {
  const marks = await Promise.all(news.map(({ key }) => store.get<Mark['spec'], object>(markKeyOf(key))));
  const tallies = new OpenTallies(store);
  const steps: Step[] = [];
  for (const [index, { key, standing }] of news.entries()) {
    const mark = marks[index];
    const counted = mark?.spec.counted ?? undefined;
    if (isSame(counted, standing)) continue;
    await tallies.add(counted, -1);
    await tallies.add(standing, 1);
    steps.push(markStep(key, mark, standing));
  }
  if (steps.length === 0) return;
  const ended = await store.transact([...steps, ...tallies.steps]);
  // Somebody else has made a mark: look again.
  if (ended.outcome !== 'done') await count(store, news);
}

/** What is gone is counted no more, and its mark has served. */
async function forget(store: ResourceStore, news: readonly News[]): Promise<void> {
  for (const { key, standing } of news) if (!standing) await store.delete(markKeyOf(key));
}

/** Resources that are counted together: with their tallies, well within the 100 writes of a transaction. */
const atOnce = 20;

/**
 * An observer of the distributor: keeps count of accounts and claims by how they stand. Each has a mark of what it was
 * counted as, so that a change that is shown twice, or late, comes to nothing.
 */
export const countStandings =
  (store: ResourceStore): Observer =>
  async (changes) => {
    const news = newsIn(changes);
    for (let from = 0; from < news.length; from += atOnce) {
      const some = news.slice(from, from + atOnce);
      await whileConflicting(() => count(store, some));
      await forget(store, some);
    }
  };
