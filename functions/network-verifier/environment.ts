import { operationVariables, readEnvironment } from '../../shared/environment.ts';

/** What rosa-network-verifier reads from its environment. */
export const environment = () => readEnvironment(operationVariables);
