import { checkRules } from './kind-rules.ts';
import { refuse } from './lost-changes.ts';
import { stored } from './new-resource.ts';
import { textIn } from './refused-writes.ts';
import { keyOf, type Resource } from './resource.ts';
import { ConflictError } from './resource-store.ts';
import { changeItem, type ResourceTable } from './resource-table.ts';
import { resourceOf, selectedIn } from './stored-item.ts';
import type { Change } from './update-expression.ts';

type Wanted = Omit<Change, 'version' | 'newVersion'>;

/**
 * Changes a resource that nobody has written since it was read.
 * @returns undefined when it is the same version, but other attributes are not as the caller has them
 * @throws ConflictError
 */
async function change<Spec extends object, Status extends object>(
  table: ResourceTable,
  resource: Resource<Spec, Status>,
  wanted: Wanted,
): Promise<Resource<Spec, Status> | undefined> {
  const version = resource.metadata.resourceVersion;
  const key = keyOf(resource);
  const changed = await changeItem(table, key, { ...wanted, version, newVersion: table.newId() });
  if (changed.outcome === 'changed') return resourceOf(changed.item);
  if (textIn(changed.item, 'resourceVersion') === version) return undefined;
  throw new ConflictError(key);
}

/**
 * Writes all but the status: ResourceStore.update. DynamoDB compares the spec, so nothing has to be read to learn
 * whether it is a new generation; only when it is, a second write follows the first, refused one.
 */
export async function updateResource<Spec extends object, Status extends object>(
  table: ResourceTable,
  resource: Resource<Spec, Status>,
): Promise<Resource<Spec, Status>> {
  const { spec, status, metadata } = stored(resource);
  const { labels, annotations, finalizers } = metadata;
  checkRules(table.rules, resource);
  const set = { labels, annotations, finalizers, ...selectedIn(table.rules, resource) };
  return (
    (await change(table, resource, { set, same: { spec, status } })) ??
    (await change(table, resource, { set: { ...set, spec }, same: { status }, newGeneration: true })) ??
    refuse(resource, 'update', 'status')
  );
}

/** Writes the status alone: ResourceStore.updateStatus. */
export async function updateResourceStatus<Spec extends object, Status extends object>(
  table: ResourceTable,
  resource: Resource<Spec, Status>,
): Promise<Resource<Spec, Status>> {
  const { spec, status, metadata } = stored(resource);
  const { labels, annotations, finalizers } = metadata;
  checkRules(table.rules, resource);
  const set = { status, ...selectedIn(table.rules, resource) };
  const same = { spec, labels, annotations, finalizers };
  return (
    (await change(table, resource, { set, same })) ??
    refuse(resource, 'updateStatus', 'spec, label, annotation or finalizer')
  );
}
