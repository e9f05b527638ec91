import { list, operationVariables, readEnvironment } from '../../shared/environment.ts';

/** What rosa-network-verifier reads from its environment. */
export const environment = () =>
  readEnvironment({
    ...operationVariables,
    /** Ids of the subnets Lambda attaches the function to, which Lambda itself does not tell it. */
    ROSA_ATTACHED_SUBNET_IDS: list,
  });
