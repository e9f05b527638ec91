import type { NewResource, Resource } from './resource.ts';
import type { Creation } from './resource-store.ts';
import type { ResourceTable } from './resource-table.ts';
import { transactResources } from './transact-resources.ts';

/** Makes a resource with its claims: ResourceStore.create, a transaction of one step. */
export async function createResource<Spec extends object, Status extends object>(
  table: ResourceTable,
  resource: NewResource<Spec>,
  claims: readonly string[],
): Promise<Creation<Spec, Status>> {
  const ended = await transactResources(table, [{ do: 'create', resource, claims }]);
  if (ended.outcome === 'exists') return { outcome: 'exists' };
  if (ended.outcome === 'claimed') return { outcome: 'claimed', claim: ended.claim, holder: ended.holder };
  return { outcome: 'created', resource: ended.resources[0] as Resource<Spec, Status> };
}
