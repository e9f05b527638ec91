import { distributor } from '../../../shared/reconcile/handlers.ts';
import { dependencies } from './dependencies.ts';
import { environment } from './environment.ts';

const settings = environment();

/** Called by Lambda with the table's stream, timers that have run out, and the schedule of the sweep. */
export const handler = await distributor({
  name: 'accounts-distributor',
  environment: settings,
  dependencies: dependencies(settings),
});
