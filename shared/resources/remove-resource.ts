import { retry } from '../retry.ts';
import { textIn } from './refused-writes.ts';
import { keyOf, type Resource, type ResourceKey } from './resource.ts';
import { ConflictError } from './resource-store.ts';
import { changeItem, type ResourceTable, readItem, transact } from './resource-table.ts';
import { claimKeyOf, itemKeyOf, keyIn, resourceOf, type StoredItem, selectedIn } from './stored-item.ts';

/**
 * Takes an item and its claims away, all or nothing. One that is gone already was taken by us, the answer being lost,
 * or by somebody who meant the same.
 * @throws ConflictError
 */
async function remove(table: ResourceTable, item: StoredItem): Promise<void> {
  const { table: TableName } = table;
  const resource = {
    Delete: {
      TableName,
      Key: itemKeyOf(item),
      ConditionExpression: 'resourceVersion = :version',
      ExpressionAttributeValues: { ':version': item.resourceVersion },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
    },
  };
  const claims = item.claims.map((claim) => ({ Delete: { TableName, Key: claimKeyOf(claim) } }));
  const items = [resource, ...claims];
  const unmet = await transact(table, {
    key: item,
    action: 'dynamodb:DeleteItem',
    token: table.newId(),
    items,
  });
  if (unmet?.[0]?.item) throw new ConflictError(keyIn(item));
}

/** Marks an item as to be deleted, once. @throws ConflictError */
async function mark(table: ResourceTable, item: StoredItem): Promise<void> {
  if (item.deletionTimestamp) return;
  const deletionTimestamp = table.now().toISOString();
  const changed = await changeItem(table, keyIn(item), {
    version: item.resourceVersion,
    newVersion: table.newId(),
    set: { deletionTimestamp, ...selectedIn(table.rules, resourceOf({ ...item, deletionTimestamp })) },
  });
  if (changed.outcome === 'unmet') throw new ConflictError(keyIn(item));
}

/** Deletes a resource, or marks it: ResourceStore.delete. Whoever writes it meanwhile does not stop that. */
export const deleteResource = (
  table: ResourceTable,
  key: ResourceKey,
  uid?: string,
): Promise<'deleted' | 'deleting' | 'not there'> =>
  retry(
    table.retryPolicy,
    (error) => error instanceof ConflictError,
    async () => {
      const item = await readItem(table, key);
      if (!item || (uid !== undefined && item.uid !== uid)) return 'not there';
      const isKept = item.finalizers.length > 0;
      await (isKept ? mark(table, item) : remove(table, item));
      return isKept ? 'deleting' : 'deleted';
    },
  );

/** Takes away the resource whose last finalizer this was. The claims are known to the table alone: it is read again. */
async function removeLast(table: ResourceTable, { metadata }: Resource, key: ResourceKey): Promise<void> {
  const item = await readItem(table, key);
  if (item?.uid !== metadata.uid) return;
  await remove(table, { ...item, resourceVersion: metadata.resourceVersion });
}

/** Removes a finalizer and, with the last one, the resource: ResourceStore.removeFinalizer. */
export async function removeFinalizerOf<Spec extends object, Status extends object>(
  table: ResourceTable,
  resource: Resource<Spec, Status>,
  finalizer: string,
): Promise<Resource<Spec, Status> | undefined> {
  const { metadata } = resource;
  const key = keyOf(resource);
  const finalizers = metadata.finalizers.filter((one) => one !== finalizer);
  if (metadata.deletionTimestamp && finalizers.length === 0) {
    await removeLast(table, resource, key);
    return undefined;
  }
  const change = { version: metadata.resourceVersion, newVersion: table.newId(), set: { finalizers } };
  const changed = await changeItem(table, key, change);
  if (changed.outcome === 'changed') return resourceOf(changed.item);
  if (textIn(changed.item, 'uid') !== metadata.uid) return undefined;
  throw new ConflictError(key);
}
