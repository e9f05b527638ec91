import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { LocalAws } from '../../local-aws/local-aws.ts';
import { administrator } from '../../tools/journey/customer-account.ts';

/** How often the client sends a request that gets no answer. */
export const maxAttempts = 4;

/** A client of the laptop's DynamoDB, as the product makes it. */
export const laptopDocumentClient = (aws: LocalAws): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(new DynamoDBClient({ ...administrator(aws), maxAttempts }), {
    marshallOptions: { removeUndefinedValues: true },
  });

/** What the indexes show of a resource beside its keys; those that are keys of an index need not be named. */
const shown = ['kind', 'namespace', 'name', 'labels', 'uid', 'ownerReferences'];

const indexOf = (IndexName: string, hash: string, range: string) => ({
  IndexName,
  KeySchema: [
    { AttributeName: hash, KeyType: 'HASH' as const },
    { AttributeName: range, KeyType: 'RANGE' as const },
  ],
  Projection: {
    ProjectionType: 'INCLUDE' as const,
    NonKeyAttributes: shown.filter((attribute) => attribute !== hash),
  },
});

/** Makes a table for resources on the laptop AWS, as the services' templates do. */
export async function createResourceTable(client: DynamoDBDocumentClient, name: string): Promise<void> {
  const text = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' as const });
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk', 'kind', 'owner', 'selected', 'creationTimestamp'].map(text),
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [
        indexOf('by-kind', 'kind', 'pk'),
        indexOf('by-owner', 'owner', 'pk'),
        indexOf('selected', 'selected', 'creationTimestamp'),
      ],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    }),
  );
}
