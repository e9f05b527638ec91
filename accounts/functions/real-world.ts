import type { Instrument } from '../../shared/aws/clients.ts';
import { documentClients } from '../../shared/aws/document-clients.ts';
import type { ResourceStore } from '../../shared/resources/resource-store.ts';
import { accountStore } from '../resources/account-store.ts';

/** The resources of the accounts' table. */
export const storeOf = (
  { AWS_REGION, TABLE_NAME }: { AWS_REGION: string; TABLE_NAME: string },
  instrument: Instrument,
): ResourceStore =>
  accountStore({ table: TABLE_NAME, documentClient: documentClients(instrument)(AWS_REGION) });
