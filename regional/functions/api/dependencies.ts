import { randomUUID } from 'node:crypto';
import type { Instrument } from '../../../shared/aws/clients.ts';
import { documentClients } from '../../../shared/aws/document-clients.ts';
import { dynamoDbStore } from '../../../shared/resources/dynamodb-store.ts';
import type { ApiDependencies } from '../../api/dependencies.ts';
import type { environment } from './environment.ts';

/** What the operations work with in the real world. */
export const dependencies =
  (settings: ReturnType<typeof environment>) =>
  (instrument: Instrument): ApiDependencies => ({
    store: dynamoDbStore({
      table: settings.TABLE_NAME,
      documentClient: documentClients(instrument)(settings.AWS_REGION),
    }),
    region: settings.AWS_REGION,
    clmRoleArn: settings.CLM_ROLE_ARN,
    operatorAccounts: settings.OPERATOR_ACCOUNTS,
    oidcIssuerBaseUrl: settings.OIDC_ISSUER_BASE_URL,
    newId: randomUUID,
  });
