import { Metrics } from '@aws-lambda-powertools/metrics';

/** The namespace of the metrics of account minting. */
export const accountsNamespace = 'RosaAccounts';

/** The dimension `service` of all of them, and what the names of functions and queues begin with. */
export const accountsService = 'rosa-accounts';

/** The metrics of a function of the accounts service. */
export const accountsMetrics = (): Metrics =>
  new Metrics({ namespace: accountsNamespace, serviceName: accountsService });
