import { operationVariables, readEnvironment } from '../../shared/environment.ts';

/** What rosa-oidc-provisioner reads from its environment. */
export const environment = () => readEnvironment(operationVariables);
