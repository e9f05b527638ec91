import { randomUUID } from 'node:crypto';
import type { Instrument } from '../../../shared/aws/clients.ts';
import type { ApiDependencies } from '../../api/dependencies.ts';
import { storeOf } from '../real-world.ts';
import type { environment } from './environment.ts';

/** What the operations work with in the real world. */
export const dependencies =
  (settings: ReturnType<typeof environment>) =>
  (instrument: Instrument): ApiDependencies => ({
    store: storeOf(settings, instrument),
    region: settings.AWS_REGION,
    clmRoleArn: settings.CLM_ROLE_ARN,
    operatorAccounts: settings.OPERATOR_ACCOUNTS,
    oidcIssuerBaseUrl: settings.OIDC_ISSUER_BASE_URL,
    newId: randomUUID,
  });
