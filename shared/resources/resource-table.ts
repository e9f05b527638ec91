import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  type QueryCommandInput,
  type QueryCommandOutput,
  TransactWriteCommand,
  type TransactWriteCommandInput,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { awsCall } from '../aws/aws-call-error.ts';
import { type RetryPolicy, retry } from '../retry.ts';
import type { Rules } from './kind-rules.ts';
import { isTooLarge, mayPass, textIn, type Unmet, unmetBy, unmetInTransaction } from './refused-writes.ts';
import type { ResourceKey } from './resource.ts';
import { ResourceTooLargeError } from './resource-store.ts';
import { itemKeyOf, type StoredItem } from './stored-item.ts';
import { type Change, expressionsOf } from './update-expression.ts';

/** The table, and what its use needs of the world. */
export interface ResourceTable {
  table: string;
  documentClient: DynamoDBDocumentClient;
  now(): Date;
  /** A UUID. */
  newId(): string;
  /** How long to insist while another transaction is in the way. */
  retryPolicy: RetryPolicy;
  rules: Rules;
}

/** The real world's. */
export const worldly = (): Omit<ResourceTable, 'table' | 'documentClient'> => ({
  now: () => new Date(),
  newId: randomUUID,
  retryPolicy: { attempts: 6, firstPauseMs: 50, sleep, random: Math.random },
  rules: {},
});

/** One call that writes, tried again while another transaction is in the way. @throws ResourceTooLargeError */
async function write<Output>(
  { retryPolicy }: ResourceTable,
  key: ResourceKey,
  action: string,
  call: () => Promise<Output>,
): Promise<Output> {
  try {
    return await retry(retryPolicy, mayPass, () => awsCall(action, call));
  } catch (error) {
    if (isTooLarge(error)) throw new ResourceTooLargeError(key, { cause: error });
    throw error;
  }
}

/** One page of a query of the table or of an index. */
export const query = (
  { table, documentClient }: ResourceTable,
  input: Omit<QueryCommandInput, 'TableName'>,
): Promise<QueryCommandOutput> =>
  awsCall('dynamodb:Query', () => documentClient.send(new QueryCommand({ TableName: table, ...input })));

/** The item as it was last written. */
export async function readItem(
  { table, documentClient }: ResourceTable,
  key: ResourceKey,
): Promise<StoredItem | undefined> {
  const command = new GetCommand({ TableName: table, Key: itemKeyOf(key), ConsistentRead: true });
  const { Item } = await awsCall('dynamodb:GetItem', () => documentClient.send(command));
  return Item as StoredItem | undefined;
}

/** How a change of one item ended. `unmet`: one of its conditions did not hold. */
type Changed = { outcome: 'changed'; item: StoredItem } | ({ outcome: 'unmet' } & Unmet);

/**
 * Changes one item. When an answer is lost, the SDK sends the same change again and is told that its condition does
 * not hold, for it was met the first time; the version that the change makes shows whose work that was.
 */
export async function changeItem(table: ResourceTable, key: ResourceKey, change: Change): Promise<Changed> {
  const command = new UpdateCommand({
    TableName: table.table,
    Key: itemKeyOf(key),
    ...expressionsOf(change),
    ReturnValues: 'ALL_NEW',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  });
  try {
    const call = () => table.documentClient.send(command);
    const { Attributes } = await write(table, key, 'dynamodb:UpdateItem', call);
    return { outcome: 'changed', item: Attributes as StoredItem };
  } catch (error) {
    const unmet = unmetBy(error);
    if (!unmet) throw error;
    if (textIn(unmet.item, 'resourceVersion') !== change.newVersion) return { outcome: 'unmet', ...unmet };
    return asChanged(await readItem(table, key), change);
  }
}

const asChanged = (item: StoredItem | undefined, { newVersion }: Change): Changed =>
  item?.resourceVersion === newVersion ? { outcome: 'changed', item } : { outcome: 'unmet', item: undefined };

/** One write of a transaction. */
export type TableWrite = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** What a transaction is about. */
interface Transaction {
  key: ResourceKey;
  /** The IAM action it needs: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html */
  action: string;
  /** UUID. For ten minutes DynamoDB does what it stands for only once, however often it is sent. */
  token: string;
  items: TableWrite[];
}

/**
 * Does several writes or none.
 * @returns undefined when they are done, otherwise the conditions that did not hold, in the order of the writes
 */
export async function transact(
  table: ResourceTable,
  { key, action, token, items }: Transaction,
): Promise<(Unmet | undefined)[] | undefined> {
  const command = new TransactWriteCommand({ ClientRequestToken: token, TransactItems: items });
  try {
    await write(table, key, action, () => table.documentClient.send(command));
    return undefined;
  } catch (error) {
    const unmet = unmetInTransaction(error);
    if (!unmet) throw error;
    return unmet;
  }
}
