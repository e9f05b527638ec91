import { worker } from '../../../shared/reconcile/handlers.ts';
import { dependencies } from './dependencies.ts';
import { environment } from './environment.ts';

const settings = environment();

/** Called by Lambda with what is on the work queue. */
export const handler = await worker({
  name: 'accounts-worker',
  environment: settings,
  dependencies: dependencies(settings),
});
