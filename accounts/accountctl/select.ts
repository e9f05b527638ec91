import { allOf } from '../../shared/resources/all-of.ts';
import type { Resource, ResourceKey } from '../../shared/resources/resource.ts';
import type { ResourceStore } from '../../shared/resources/resource-store.ts';
import type { LabelSelector } from './label-selector.ts';
import { notFound, type Target } from './target.ts';

/** Which resources are looked for. */
export interface Selection extends Target {
  /** In whatever namespace. */
  everywhere: boolean;
  selector: LabelSelector;
}

/** Reads at once; DynamoDB takes many more. */
const readsAtOnce = 20;

async function everyNamespace(
  store: ResourceStore,
  { definition: { kind }, selector }: Selection,
): Promise<Resource[]> {
  const keys: ResourceKey[] = [];
  for await (const { labels, namespace, name } of store.index(kind))
    if (selector(labels)) keys.push({ kind, namespace, name });
  const found: (Resource | undefined)[] = [];
  for (let from = 0; from < keys.length; from += readsAtOnce) {
    const some = keys.slice(from, from + readsAtOnce);
    found.push(...(await Promise.all(some.map((key) => store.get(key)))));
  }
  // The index may be a second old: what it shows may be gone, or have other labels.
  return found.filter((one): one is Resource => one !== undefined && selector(one.metadata.labels));
}

async function oneNamespace(
  store: ResourceStore,
  { definition: { kind }, namespace, selector }: Selection,
): Promise<Resource[]> {
  const found: Resource[] = [];
  for await (const one of allOf(store, { kind, namespace }))
    if (selector(one.metadata.labels)) found.push(one);
  return found;
}

const placeOf = ({ metadata }: Resource): string => `${metadata.namespace}/${metadata.name}`;

/** The resources that are looked for, in the order of namespace and name. @throws NotFound for one that is not there */
export async function selected(store: ResourceStore, selection: Selection): Promise<Resource[]> {
  const { definition, namespace, name, everywhere } = selection;
  if (name) {
    const key = { kind: definition.kind, namespace, name };
    const one = await store.get(key);
    if (!one) throw notFound(key);
    return [one];
  }
  const found = await (everywhere ? everyNamespace(store, selection) : oneNamespace(store, selection));
  return found.sort((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1));
}
