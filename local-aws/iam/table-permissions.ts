import { type AwsRequest, jsonFields } from '../aws-request.ts';
import type { Caller } from '../callers.ts';
import type { Context } from './conditions.ts';
import type { Permission } from './evaluate.ts';
import { tableArn } from './resources.ts';

/** The name of a table's or an index's partition key; undefined for one that is not there. */
export type FindPartitionKey = (arn: string) => Promise<string | undefined>;

type Values = Record<string, { S?: string; N?: string; B?: string }>;
type Item = { Key?: Values; Item?: Values };
type Write = { PutRequest?: Item; DeleteRequest?: Item };
type Query = {
  KeyConditionExpression?: string;
  ExpressionAttributeNames?: Record<string, string>;
  ExpressionAttributeValues?: Values;
};
type Fields = Item &
  Query & {
    TableName?: string;
    IndexName?: string;
    RequestItems?: Record<string, Write[] | { Keys?: Values[] }>;
    TransactItems?: Record<string, Item & { TableName: string }>[];
  };

/** One thing a call does to one table: to which items, or by which query. */
type Access = { action: string; table: string; index?: string; items?: Item[]; query?: Query };

const IN_TRANSACTION: Record<string, string> = {
  ConditionCheck: 'ConditionCheckItem',
  Delete: 'DeleteItem',
  Get: 'GetItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
};

function itemsIn(part: Write[] | { Keys?: Values[] }): Item[] {
  if (!Array.isArray(part)) return (part.Keys ?? []).map((Key) => ({ Key }));
  return part.map(({ PutRequest, DeleteRequest }) => PutRequest ?? DeleteRequest ?? {});
}

/**
 * An item of a transaction is judged as the operation it stands for.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html
 */
function accessesOf({ action, ...request }: AwsRequest): Access[] {
  const fields = jsonFields({ action, ...request }) as Fields;
  const { RequestItems, TransactItems, TableName = '', IndexName, Key, Item } = fields;
  if (TransactItems) {
    const parts = TransactItems.flatMap((item) => Object.entries(item));
    return parts.map(([kind, item]) => {
      return { action: IN_TRANSACTION[kind] ?? kind, table: item.TableName, items: [item] };
    });
  }
  if (RequestItems)
    return Object.entries(RequestItems).map(([table, part]) => ({ action, table, items: itemsIn(part) }));
  return [{ action, table: TableName, index: IndexName, items: Key || Item ? [fields] : [], query: fields }];
}

const textOf = (value: Values[string] | undefined) => value?.S ?? value?.N ?? value?.B;

/** The values that a query wants the partition key to have. */
function queriedKeys(query: Query, key: string): (string | undefined)[] {
  const {
    KeyConditionExpression = '',
    ExpressionAttributeNames = {},
    ExpressionAttributeValues = {},
  } = query;
  const equalities = [...KeyConditionExpression.matchAll(/(#?\w+)\s*=\s*(:\w+)/g)];
  return equalities
    .filter(([, name = '']) => (ExpressionAttributeNames[name] ?? name) === key)
    .map(([, , value = '']) => textOf(ExpressionAttributeValues[value]));
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html */
function leadingKeys({ items = [], query = {} }: Access, key: string): string[] {
  const found = [...items.map(({ Key, Item }) => textOf((Key ?? Item)?.[key])), ...queriedKeys(query, key)];
  return found.filter((value) => value !== undefined);
}

/** What a call of DynamoDB needs to be allowed, with `dynamodb:LeadingKeys` where it names items. */
export function tablePermissions(
  request: AwsRequest,
  caller: Caller,
  context: Context,
  findPartitionKey: FindPartitionKey,
): Promise<Permission[]> {
  const permissions = accessesOf(request).map(async (access) => {
    const resource = tableArn(request, caller, access.table, access.index);
    const key = await findPartitionKey(resource);
    const keys = key ? leadingKeys(access, key) : [];
    const narrowed = keys.length > 0 ? { ...context, 'dynamodb:leadingkeys': keys } : context;
    return { action: `dynamodb:${access.action}`, resource, context: narrowed };
  });
  return Promise.all(permissions);
}
