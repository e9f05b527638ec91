import type { NewResource, OwnerReference, Resource } from './resource.ts';

/** A value as it is stored: without what is undefined, and a copy that is nobody else's to change. */
export const stored = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value));

/** What a new resource is told from others by. */
export interface Birth {
  uid: string;
  resourceVersion: string;
  now: Date;
}

/** The index by owner has room for one. */
function ownersOf({ ownerReferences = [] }: NewResource['metadata']): { ownerReferences?: OwnerReference[] } {
  if (ownerReferences.length > 1) throw new Error('a resource goes with one owner at most');
  return ownerReferences.length > 0 ? { ownerReferences } : {};
}

/** The resource that is made of what was asked for. */
export function born<Spec extends object, Status extends object>(
  { apiVersion, kind, metadata, spec }: NewResource<Spec>,
  { uid, resourceVersion, now }: Birth,
): Resource<Spec, Status> {
  const { namespace, name, finalizers = [], labels = {}, annotations = {} } = metadata;
  const made = { generation: 1, resourceVersion, creationTimestamp: now.toISOString() };
  const owners = ownersOf(metadata);
  const all = {
    namespace,
    name,
    uid: metadata.uid ?? uid,
    ...made,
    finalizers,
    labels,
    annotations,
    ...owners,
  };
  return stored({ apiVersion, kind, metadata: all, spec });
}
