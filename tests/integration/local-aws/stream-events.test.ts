import {
  CreateTableCommand,
  DeleteItemCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { CreateEventSourceMappingCommand } from '@aws-sdk/client-lambda';
import { CreateQueueCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { type LocalAws, startLocalAws } from '../../../local-aws/local-aws.ts';
import { eventually } from '../../support/eventually.ts';
import { type Clients, clientsFor, createFunction, createRole, HOME_ACCOUNT, printedBy } from './support.ts';

/** Prints what it gets; a record of an item that `fails` is given back as failed. */
const code = `
  export const handler = async (event) => {
    process.stdout.write(JSON.stringify({ event }) + '\\n');
    const failed = event.Records.find(({ dynamodb }) => dynamodb.NewImage?.fails);
    return { batchItemFailures: failed ? [{ itemIdentifier: failed.dynamodb.SequenceNumber }] : [] };
  };`;

type Table = { name: string; streamArn: string };

let aws: LocalAws;
let clients: Clients;
let role: string;

beforeAll(async () => {
  aws = await startLocalAws();
  clients = clientsFor(aws);
  role = await createRole(clients, 'reader', [{ Effect: 'Allow', Action: '*', Resource: '*' }]);
});
afterAll(() => aws?.close());

async function createTable(name: string): Promise<Table> {
  const created = await clients.dynamodb.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    }),
  );
  return { name, streamArn: created.TableDescription?.LatestStreamArn ?? '' };
}

/** Lets a function of the table's name read its stream. */
async function follow({ name, streamArn }: Table, mapping = {}): Promise<void> {
  await createFunction(clients, { name, role, code });
  await clients.lambda.send(
    new CreateEventSourceMappingCommand({
      FunctionName: name,
      EventSourceArn: streamArn,
      StartingPosition: 'TRIM_HORIZON',
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ...mapping,
    }),
  );
}

const put = (table: Table, pk: string, rest = {}) =>
  clients.dynamodb.send(new PutItemCommand({ TableName: table.name, Item: { pk: { S: pk }, ...rest } }));
const update = (table: Table, pk: string, colour: string) =>
  clients.dynamodb.send(
    new UpdateItemCommand({
      TableName: table.name,
      Key: { pk: { S: pk } },
      UpdateExpression: 'SET colour = :colour',
      ExpressionAttributeValues: { ':colour': { S: colour } },
    }),
  );

const recordsOf = async ({ name }: Table): Promise<DynamoDBRecord[]> => {
  const printed = await printedBy<{ event: DynamoDBStreamEvent }>(clients, name);
  return printed.flatMap(({ event }) => event.Records);
};
const keyOf = ({ dynamodb }: DynamoDBRecord) => dynamodb?.Keys?.pk?.S;
/** The table's records that its function got, once one of this key is among them. */
const until = (table: Table, pk: string) =>
  eventually(
    () => recordsOf(table),
    (records) => records.some((record) => keyOf(record) === pk),
  );

describe("a table's stream", () => {
  it('gives its function events of the form that AWS gives', async () => {
    const table = await createTable('shapes');
    await follow(table);
    await update(table, 'one', 'green');
    await update(table, 'one', 'red');
    // It changes nothing, so it leaves no record.
    await update(table, 'one', 'red');
    await clients.dynamodb.send(new DeleteItemCommand({ TableName: 'shapes', Key: { pk: { S: 'one' } } }));
    await put(table, 'end');
    const records = await until(table, 'end');
    expect(records.map(({ eventName }) => eventName)).toEqual(['INSERT', 'MODIFY', 'REMOVE', 'INSERT']);
    expect(records[1]).toEqual({
      eventID: expect.stringMatching(/^[0-9a-f]{32}$/),
      eventName: 'MODIFY',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'us-east-1',
      dynamodb: {
        ApproximateCreationDateTime: expect.any(Number),
        Keys: { pk: { S: 'one' } },
        NewImage: { pk: { S: 'one' }, colour: { S: 'red' } },
        OldImage: { pk: { S: 'one' }, colour: { S: 'green' } },
        SequenceNumber: expect.stringMatching(/^\d+$/),
        SizeBytes: expect.any(Number),
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
      eventSourceARN: table.streamArn,
    });
    const numbers = records.map(({ dynamodb }) => BigInt(dynamodb?.SequenceNumber ?? 0));
    expect(numbers).toEqual(numbers.toSorted((a, b) => (a < b ? -1 : 1)));
    expect(new Set(numbers).size).toBe(4);
  });

  it('is read from its beginning or from now on, as the mapping says', async () => {
    const [whole, latest] = [await createTable('whole'), await createTable('latest')];
    for (const table of [whole, latest]) await put(table, 'before');
    await follow(whole);
    await follow(latest, { StartingPosition: 'LATEST' });
    for (const table of [whole, latest]) await put(table, 'after');
    expect((await until(whole, 'after')).map(keyOf)).toEqual(['before', 'after']);
    expect((await until(latest, 'after')).map(keyOf)).toEqual(['after']);
  });

  it('brings only what the filters of its mapping want', async () => {
    const table = await createTable('filtered');
    const Pattern = JSON.stringify({ eventName: ['INSERT'], dynamodb: { NewImage: { kind: { S: ['a'] } } } });
    await follow(table, { FilterCriteria: { Filters: [{ Pattern }] } });
    await put(table, 'one', { kind: { S: 'b' } });
    await put(table, 'two', { kind: { S: 'a' } });
    await put(table, 'two', { kind: { S: 'a' }, more: { S: 'x' } });
    await put(table, 'end', { kind: { S: 'a' } });
    expect((await until(table, 'end')).map(keyOf)).toEqual(['two', 'end']);
  });

  it('tries a record that fails as often as its mapping says, before anything later', async () => {
    const table = await createTable('poisoned');
    await put(table, 'one');
    await put(table, 'bad', { fails: { BOOL: true } });
    await put(table, 'three');
    const { QueueUrl } = await clients.sqs.send(new CreateQueueCommand({ QueueName: 'given-up' }));
    const Destination = `arn:aws:sqs:us-east-1:${HOME_ACCOUNT}:given-up`;
    const DestinationConfig = { OnFailure: { Destination } };
    await follow(table, { MaximumRetryAttempts: 2, BisectBatchOnFunctionError: true, DestinationConfig });
    // Not before the others are under way: it would be in their batch.
    await until(table, 'bad');
    await put(table, 'end');
    const keys = (await until(table, 'end')).map(keyOf);
    const firstAlone = keys.indexOf('end');
    expect(keys.filter((key) => key === 'one')).toHaveLength(1);
    expect(keys.slice(0, firstAlone).filter((key) => key === 'bad').length).toBeGreaterThanOrEqual(3);
    expect(keys.at(-1)).toBe('end');
    const { Messages } = await clients.sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 5 }));
    expect(JSON.parse(Messages?.[0]?.Body ?? '')).toMatchObject({
      requestContext: { condition: 'RetryAttemptsExhausted' },
      DDBStreamBatchInfo: { batchSize: 1, streamArn: table.streamArn },
    });
  });
});

describe('conditional writes', () => {
  it('let exactly one of many through that are made at once', async () => {
    const table = await createTable('contended');
    const create = () =>
      clients.dynamodb.send(
        new TransactWriteItemsCommand({
          TransactItems: ['name', 'claim'].map((pk) => ({
            Put: {
              TableName: table.name,
              Item: { pk: { S: pk } },
              ConditionExpression: 'attribute_not_exists(pk)',
            },
          })),
        }),
      );
    const results = await Promise.allSettled(Array.from({ length: 20 }, create));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason.name] : []));
    expect(new Set(refused)).toEqual(new Set(['TransactionCanceledException']));
  });

  it('leave nothing of a transaction that is refused, in the table or in its stream', async () => {
    const table = await createTable('refused');
    await follow(table);
    await put(table, 'taken');
    const transaction = new TransactWriteItemsCommand({
      TransactItems: [
        { Put: { TableName: table.name, Item: { pk: { S: 'new' } } } },
        {
          Put: {
            TableName: table.name,
            Item: { pk: { S: 'taken' }, other: { S: 'x' } },
            ConditionExpression: 'attribute_not_exists(pk)',
          },
        },
      ],
    });
    await expect(clients.dynamodb.send(transaction)).rejects.toMatchObject({
      name: 'TransactionCanceledException',
      CancellationReasons: [{ Code: 'None' }, { Code: 'ConditionalCheckFailed' }],
    });
    await put(table, 'end');
    expect((await until(table, 'end')).map(keyOf)).toEqual(['taken', 'end']);
  });
});
