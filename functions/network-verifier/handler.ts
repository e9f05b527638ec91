import { validate as request } from '../../schemas/generated/network-verifier-request.js';
import { validate as result } from '../../schemas/generated/network-verifier-result.js';
import { operation } from '../../shared/operation/operation.ts';
import { dependencies } from './dependencies.ts';
import { environment } from './environment.ts';
import { loggedResult } from './logged-result.ts';
import { measure, verifyNetwork } from './verify-network.ts';

const variables = environment();

/** Called by Lambda. */
export const handler = await operation({
  name: 'network-verifier',
  environment: variables,
  request,
  result,
  dependencies: (instrument) => dependencies(instrument, variables.ROSA_ATTACHED_SUBNET_IDS),
  run: verifyNetwork,
  measure,
  logged: loggedResult,
});
