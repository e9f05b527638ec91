import { type Rules, selectionOf } from './kind-rules.ts';
import type { Resource, ResourceKey, ResourceMeta } from './resource.ts';

/** The keys of an item: `pk` and `sk`. */
export interface ItemKey {
  pk: string;
  sk: string;
}

/** A resource as an item of the table: its metadata beside its spec and status, and what it claims. */
export type StoredItem = ItemKey &
  ResourceMeta &
  Pick<Resource, 'apiVersion' | 'kind' | 'spec' | 'status'> &
  Indexed & { claims: string[] };

/** What only some items have, for the indexes that show these alone. */
export interface Indexed {
  /** The uid of the owner. */
  owner?: string;
  /** The selection it belongs to. */
  selected?: string;
}

/** Where the resources of a kind and namespace are. A kind is a word, so the first `#` ends it. */
export const partitionOf = ({ kind, namespace }: Pick<ResourceKey, 'kind' | 'namespace'>): string =>
  `${kind}#${namespace}`;

/** Where a resource is. */
export const itemKeyOf = (key: ResourceKey): ItemKey => ({ pk: partitionOf(key), sk: key.name });

/** The key of the resource in an item. */
export const keyIn = ({ kind, namespace, name }: ResourceKey): ResourceKey => ({ kind, namespace, name });

/** Where a claim is. It has no attribute `kind`, so the index by kind does not show it. */
export const claimKeyOf = (claim: string): ItemKey => ({ pk: `claim#${claim}`, sk: 'claim' });

/** A resource and its claims as an item. */
export const itemOf = (resource: Resource, claims: readonly string[], rules: Rules = {}): StoredItem => {
  const { apiVersion, kind, metadata, spec, status } = resource;
  const key = itemKeyOf({ kind, namespace: metadata.namespace, name: metadata.name });
  const whole = { ...key, apiVersion, kind, ...metadata, spec, ...(status && { status }) };
  return { ...whole, claims: [...claims], ...indexedOf(rules, resource) };
};

function indexedOf(rules: Rules, resource: Resource): Indexed {
  const [owner] = resource.metadata.ownerReferences ?? [];
  const selected = selectionOf(rules, resource);
  return { ...(owner && { owner: owner.uid }), ...(selected !== undefined && { selected }) };
}

/** The attribute of the selection as it is to be written; nothing for a kind that has no selections. */
export const selectedIn = (rules: Rules, resource: Resource): Pick<Indexed, 'selected'> =>
  rules[resource.kind]?.selection ? { selected: selectionOf(rules, resource) } : {};

/** The resource in an item. */
export function resourceOf<Spec extends object, Status extends object>(item: object): Resource<Spec, Status> {
  const { pk, sk, claims, owner, selected, apiVersion, kind, spec, status, ...metadata } = item as StoredItem;
  const resource = { apiVersion, kind, metadata, spec, ...(status && { status }) };
  return resource as Resource<Spec, Status>;
}
