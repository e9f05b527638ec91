import type { QueryCommandInput, QueryCommandOutput } from '@aws-sdk/lib-dynamodb';
import { selectionKey } from './kind-rules.ts';
import type { IndexedResource, SelectRequest } from './resource-store.ts';
import { query, type ResourceTable } from './resource-table.ts';
import { keyIn } from './stored-item.ts';

/** An index: its name and the attribute that it is asked by. */
interface Index {
  name: string;
  attribute: string;
}

const byKind: Index = { name: 'by-kind', attribute: 'kind' };
const byOwner: Index = { name: 'by-owner', attribute: 'owner' };
/** Its sort key is the time of creation. */
const bySelection: Index = { name: 'selected', attribute: 'selected' };

function indexed(item: object): IndexedResource {
  const { labels = {}, uid, ownerReferences, ...key } = item as IndexedResource;
  return { ...keyIn(key), labels, ...(uid && { uid }), ...(ownerReferences && { ownerReferences }) };
}

/** Everything at one value of an index, page after page. */
async function* allAt(
  table: ResourceTable,
  { name, attribute }: Index,
  { value, limit }: { value: string; limit?: number },
): AsyncIterable<IndexedResource> {
  const which: Omit<QueryCommandInput, 'TableName'> = {
    IndexName: name,
    KeyConditionExpression: '#attribute = :value',
    ExpressionAttributeNames: { '#attribute': attribute },
    ExpressionAttributeValues: { ':value': value },
    ...(limit !== undefined && { Limit: limit }),
  };
  let from: QueryCommandOutput['LastEvaluatedKey'];
  do {
    const { Items = [], LastEvaluatedKey } = await query(table, {
      ...which,
      ...(from && { ExclusiveStartKey: from }),
    });
    yield* Items.map(indexed);
    from = LastEvaluatedKey;
  } while (from);
}

/** Every resource of a kind, in whatever namespace: ResourceStore.index. */
export const indexOfKind = (table: ResourceTable, kind: string): AsyncIterable<IndexedResource> =>
  allAt(table, byKind, { value: kind });

/** Every resource that goes with another: ResourceStore.dependents. */
export const dependentsOf = (table: ResourceTable, uid: string): AsyncIterable<IndexedResource> =>
  allAt(table, byOwner, { value: uid });

/** The oldest resources of a selection: ResourceStore.select. */
export async function selectResources(
  table: ResourceTable,
  { kind, selection, limit }: SelectRequest,
): Promise<IndexedResource[]> {
  const found: IndexedResource[] = [];
  if (limit < 1) return found;
  for await (const one of allAt(table, bySelection, { value: selectionKey(kind, selection), limit })) {
    found.push(one);
    if (found.length === limit) break;
  }
  return found;
}
