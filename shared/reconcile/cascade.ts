import type { OwnerReference, ResourceKey } from '../resources/resource.ts';
import type { IndexedResource, ResourceStore } from '../resources/resource-store.ts';
import type { Change } from './stream-changes.ts';
import { textOf } from './work-messages.ts';

type CascadeStore = Pick<ResourceStore, 'get' | 'index' | 'dependents' | 'delete'>;

/**
 * An observer of the distributor: when a resource is gone, what goes with it is deleted. One that has finalizers is
 * marked, and goes when its controller has undone its part. A dependent that the index does not show yet is found by
 * the sweep.
 */
export const deleteDependents =
  (store: CascadeStore) =>
  async (changes: readonly Change[]): Promise<void> => {
    const gone = changes.filter(({ before, after }) => before && before.metadata.uid !== after?.metadata.uid);
    for (const { before } of gone) {
      for await (const dependent of store.dependents(before?.metadata.uid ?? '')) {
        await store.delete(dependent, dependent.uid);
      }
    }
  };

/** The owner of a resource: where it would be, and which one it is. */
const ownerOf = ({ namespace }: ResourceKey, { kind, name, uid }: OwnerReference) => ({
  key: { kind, namespace, name },
  uid,
});

/** Whether owners are still there; each is read once. */
function presence(
  store: CascadeStore,
): (dependent: ResourceKey, reference: OwnerReference) => Promise<boolean> {
  const uids = new Map<string, Promise<string | undefined>>();
  return async (dependent, reference) => {
    const { key, uid } = ownerOf(dependent, reference);
    const known = uids.get(textOf(key)) ?? store.get(key).then((owner) => owner?.metadata.uid);
    uids.set(textOf(key), known);
    return (await known) === uid;
  };
}

async function isOrphan(
  { ownerReferences = [], ...key }: IndexedResource,
  isThere: ReturnType<typeof presence>,
): Promise<boolean> {
  const [owner] = ownerReferences;
  return owner !== undefined && !(await isThere(key, owner));
}

/**
 * The sweep's part: deletes the resources of these kinds whose owner is gone, since an event can get lost. It reads the
 * index of each kind, and each owner once.
 * @returns how many there were
 */
export async function deleteOrphans(store: CascadeStore, kinds: readonly string[]): Promise<number> {
  const isThere = presence(store);
  let count = 0;
  for (const kind of kinds) {
    for await (const resource of store.index(kind)) {
      if (!(await isOrphan(resource, isThere))) continue;
      await store.delete(resource, resource.uid);
      count += 1;
    }
  }
  return count;
}
