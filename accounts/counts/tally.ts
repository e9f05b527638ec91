import { allOf } from '../../shared/resources/all-of.ts';
import type { Resource, ResourceKey } from '../../shared/resources/resource.ts';
import type { ResourceStore } from '../../shared/resources/resource-store.ts';
import { apiVersion, operatorNamespace } from '../resources/api.ts';

/** How many resources stand under each word. */
export type Counts = Record<string, number>;

export type Tally = Resource<object, { counts: Counts }>;

const kind = 'AccountTally';

const keyOfTally = (name: string): ResourceKey => ({ kind, namespace: operatorNamespace, name });

/** What a tally has counted. */
export async function countsIn(store: Pick<ResourceStore, 'get'>, name: string): Promise<Counts> {
  const tally = await store.get<object, { counts: Counts }>(keyOfTally(name));
  return tally?.status?.counts ?? {};
}

/** What all tallies have counted, by their names. */
export async function allCounts(store: Pick<ResourceStore, 'list'>): Promise<Map<string, Counts>> {
  const counts = new Map<string, Counts>();
  const all = allOf<object, { counts: Counts }>(store, { kind, namespace: operatorNamespace });
  for await (const { metadata, status } of all) counts.set(metadata.name, status?.counts ?? {});
  return counts;
}

/** A tally, which is made when it is not there. */
export async function tallyNamed(store: Pick<ResourceStore, 'get' | 'create'>, name: string): Promise<Tally> {
  const found = await store.get<object, { counts: Counts }>(keyOfTally(name));
  if (found) return found;
  const metadata = { namespace: operatorNamespace, name };
  const made = await store.create<object, { counts: Counts }>({ apiVersion, kind, metadata, spec: {} });
  return made.outcome === 'created' ? made.resource : tallyNamed(store, name);
}

/** A tally with something added under a word, or taken off. */
export function plus(tally: Tally, word: string, number: number): Tally {
  const counts = { ...tally.status?.counts };
  counts[word] = (counts[word] ?? 0) + number;
  if (counts[word] === 0) delete counts[word];
  return { ...tally, status: { counts } };
}
