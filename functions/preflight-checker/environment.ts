import { operationVariables, readEnvironment } from '../../shared/environment.ts';

/** What rosa-preflight-checker reads from its environment. */
export const environment = () => readEnvironment(operationVariables);
