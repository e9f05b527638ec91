import { pageTokenAfter, positionOf } from './page-tokens.ts';
import type { Resource } from './resource.ts';
import { checkLimit, type ListRequest, type Page } from './resource-store.ts';
import { query, type ResourceTable } from './resource-table.ts';
import { partitionOf, resourceOf } from './stored-item.ts';

/**
 * A page of a namespace's resources: ResourceStore.list. One more than asked for is read, so that the last page is
 * known to be the last. A page may be shorter, for a query ends after 1 MB:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.Pagination.html
 */
export async function listResources<Spec extends object, Status extends object>(
  table: ResourceTable,
  request: ListRequest,
): Promise<Page<Resource<Spec, Status>>> {
  checkLimit(request.limit);
  const { pageToken, limit } = request;
  const pk = partitionOf(request);
  const after = pageToken === undefined ? undefined : positionOf(request, pageToken);
  const { Items = [], LastEvaluatedKey } = await query(table, {
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': pk },
    ConsistentRead: true,
    Limit: limit + 1,
    ...(after !== undefined && { ExclusiveStartKey: { pk, sk: after } }),
  });
  const items = Items.slice(0, limit).map((item) => resourceOf<Spec, Status>(item));
  const last = items.at(-1);
  const isLastPage = Items.length <= limit && !LastEvaluatedKey;
  if (isLastPage || !last) return { items };
  return { items, nextPageToken: pageTokenAfter(request, last.metadata.name) };
}
