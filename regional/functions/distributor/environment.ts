import { readEnvironment } from '../../../shared/environment.ts';
import { queueVariables, regionalVariables } from '../environment.ts';

/** What rosa-regional-distributor reads from its environment. */
export const environment = () => readEnvironment({ ...regionalVariables, ...queueVariables });
