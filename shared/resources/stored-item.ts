import type { Resource, ResourceKey, ResourceMeta } from './resource.ts';

/** The keys of an item: `pk` and `sk`. */
export interface ItemKey {
  pk: string;
  sk: string;
}

/** A resource as an item of the table: its metadata beside its spec and status, and what it claims. */
export type StoredItem = ItemKey &
  ResourceMeta &
  Pick<Resource, 'apiVersion' | 'kind' | 'spec' | 'status'> & { claims: string[] };

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
export const itemOf = (resource: Resource, claims: readonly string[]): StoredItem => {
  const { apiVersion, kind, metadata, spec, status } = resource;
  const key = itemKeyOf({ kind, namespace: metadata.namespace, name: metadata.name });
  return { ...key, apiVersion, kind, ...metadata, spec, ...(status && { status }), claims: [...claims] };
};

/** The resource in an item. */
export function resourceOf<Spec extends object, Status extends object>(item: object): Resource<Spec, Status> {
  const { pk, sk, claims, apiVersion, kind, spec, status, ...metadata } = item as StoredItem;
  const resource = { apiVersion, kind, metadata, spec, ...(status && { status }) };
  return resource as Resource<Spec, Status>;
}
