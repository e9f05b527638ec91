import { validate as request } from '../../schemas/generated/oidc-provisioner-request.js';
import { validate as result } from '../../schemas/generated/oidc-provisioner-result.js';
import { operation } from '../../shared/operation/operation.ts';
import { dependencies } from './dependencies.ts';
import { environment } from './environment.ts';
import { measure, provisionOidc } from './provision-oidc.ts';

/** Called by Lambda. */
export const handler = await operation({
  name: 'oidc-provisioner',
  environment: environment(),
  request,
  result,
  dependencies,
  run: provisionOidc,
  measure,
});
