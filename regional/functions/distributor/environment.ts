import { readEnvironment } from '../../../shared/environment.ts';
import { queueVariables, serviceVariables } from '../../../shared/reconcile/environment.ts';

/** What rosa-regional-distributor reads from its environment. */
export const environment = () => readEnvironment({ ...serviceVariables, ...queueVariables });
