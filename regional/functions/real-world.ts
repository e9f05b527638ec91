import type { Instrument } from '../../shared/aws/clients.ts';
import { documentClients } from '../../shared/aws/document-clients.ts';
import { dynamoDbStore } from '../../shared/resources/dynamodb-store.ts';
import type { ResourceStore } from '../../shared/resources/resource-store.ts';

/** The resources of the regional table. */
export const storeOf = (
  { AWS_REGION, TABLE_NAME }: { AWS_REGION: string; TABLE_NAME: string },
  instrument: Instrument,
): ResourceStore =>
  dynamoDbStore({ table: TABLE_NAME, documentClient: documentClients(instrument)(AWS_REGION) });
