import { validate as request } from '../../schemas/generated/network-verifier-request.js';
import { validate as result } from '../../schemas/generated/network-verifier-result.js';
import { operation } from '../../shared/operation/operation.ts';
import { dependencies } from './dependencies.ts';
import { environment } from './environment.ts';
import { measure, verifyNetwork } from './verify-network.ts';

/** Called by Lambda. */
export const handler = await operation({
  name: 'network-verifier',
  environment: environment(),
  request,
  result,
  dependencies,
  run: verifyNetwork,
  measure,
});
