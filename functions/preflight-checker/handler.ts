import { validate as request } from '../../schemas/generated/preflight-checker-request.js';
import { validate as result } from '../../schemas/generated/preflight-checker-result.js';
import { operation } from '../../shared/operation/operation.ts';
import { checkPreflight, measure } from './check-preflight.ts';
import { dependencies } from './dependencies.ts';
import { environment } from './environment.ts';

/** Called by Lambda. */
export const handler = await operation({
  name: 'preflight-checker',
  environment: environment(),
  request,
  result,
  dependencies,
  run: checkPreflight,
  measure,
});
