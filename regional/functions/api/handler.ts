import { apiFunction } from '../../api/api-function.ts';
import { dependencies } from './dependencies.ts';
import { environment } from './environment.ts';

const settings = environment();

/** Called by Lambda for API Gateway. */
export const handler = await apiFunction({
  name: 'platform-api',
  environment: settings,
  dependencies: dependencies(settings),
});
