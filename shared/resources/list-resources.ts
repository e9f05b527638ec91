import { QueryCommand, type QueryCommandInput, type QueryCommandOutput } from '@aws-sdk/lib-dynamodb';
import { awsCall } from '../aws/aws-call-error.ts';
import { pageTokenAfter, positionOf } from './page-tokens.ts';
import type { Resource } from './resource.ts';
import { checkLimit, type IndexedResource, type ListRequest, type Page } from './resource-store.ts';
import type { ResourceTable } from './resource-table.ts';
import { keyIn, partitionOf, resourceOf } from './stored-item.ts';

/** The index of all resources of a kind. */
const kindIndex = 'by-kind';

const query = (
  { table, documentClient }: ResourceTable,
  input: Omit<QueryCommandInput, 'TableName'>,
): Promise<QueryCommandOutput> =>
  awsCall('dynamodb:Query', () => documentClient.send(new QueryCommand({ TableName: table, ...input })));

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

const indexed = (item: object): IndexedResource => {
  const { labels, ...key } = item as IndexedResource;
  return { ...keyIn(key), labels };
};

/** Every resource of a kind, in whatever namespace: ResourceStore.index. */
export async function* indexOfKind(table: ResourceTable, kind: string): AsyncIterable<IndexedResource> {
  let from: QueryCommandOutput['LastEvaluatedKey'];
  do {
    const { Items = [], LastEvaluatedKey } = await query(table, {
      IndexName: kindIndex,
      KeyConditionExpression: '#kind = :kind',
      ExpressionAttributeNames: { '#kind': 'kind' },
      ExpressionAttributeValues: { ':kind': kind },
      ...(from && { ExclusiveStartKey: from }),
    });
    yield* Items.map(indexed);
    from = LastEvaluatedKey;
  } while (from);
}
