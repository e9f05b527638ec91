import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { clientPerRegion, type Instrument } from './clients.ts';

/** DynamoDB clients that take and give plain values, one per region. What is undefined is not stored. */
export const documentClients = (instrument: Instrument): ((region: string) => DynamoDBDocumentClient) =>
  clientPerRegion(
    (config) =>
      DynamoDBDocumentClient.from(new DynamoDBClient(config), {
        marshallOptions: { removeUndefinedValues: true },
      }),
    instrument,
  );
