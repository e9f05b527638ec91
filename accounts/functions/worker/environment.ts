import { readEnvironment } from '../../../shared/environment.ts';
import { workerVariables } from '../environment.ts';

/** What rosa-accounts-worker reads from its environment, beside the settings. */
export const environment = () => readEnvironment(workerVariables);
