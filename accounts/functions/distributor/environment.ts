import { readEnvironment } from '../../../shared/environment.ts';
import { accountsVariables } from '../environment.ts';

/** What rosa-accounts-distributor reads from its environment, beside the settings. */
export const environment = () => readEnvironment(accountsVariables);
