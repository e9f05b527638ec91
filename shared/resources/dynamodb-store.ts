import { updateResource, updateResourceStatus } from './change-resource.ts';
import { createResource } from './create-resource.ts';
import { dependentsOf, indexOfKind, selectResources } from './index-queries.ts';
import { listResources } from './list-resources.ts';
import { deleteResource, removeFinalizerOf } from './remove-resource.ts';
import type { ResourceStore } from './resource-store.ts';
import { type ResourceTable, readItem, worldly } from './resource-table.ts';
import { resourceOf } from './stored-item.ts';
import { transactResources } from './transact-resources.ts';

/** Which table, through which client, and what tests want otherwise. */
export type DynamoDbStoreOptions = Pick<ResourceTable, 'table' | 'documentClient'> & Partial<ResourceTable>;

/**
 * The resources of one DynamoDB table: keys `pk` and `sk`, index `by-kind` of `kind` and `pk` that has at least
 * `namespace`, `name` and `labels`; further indexes only where they are used: docs/reconcile.md. The document client must leave out what is undefined: shared/aws/document-clients.ts
 */
export function dynamoDbStore(options: DynamoDbStoreOptions): ResourceStore {
  const table: ResourceTable = { ...worldly(), ...options };
  return {
    get: async (key) => {
      const item = await readItem(table, key);
      return item && resourceOf(item);
    },
    list: (request) => listResources(table, request),
    index: (kind) => indexOfKind(table, kind),
    dependents: (uid) => dependentsOf(table, uid),
    select: (request) => selectResources(table, request),
    create: (resource, claims = []) => createResource(table, resource, claims),
    update: (resource) => updateResource(table, resource),
    updateStatus: (resource) => updateResourceStatus(table, resource),
    delete: (key, uid) => deleteResource(table, key, uid),
    removeFinalizer: (resource, finalizer) => removeFinalizerOf(table, resource, finalizer),
    transact: (steps) => transactResources(table, steps),
  };
}
