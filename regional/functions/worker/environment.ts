import { optional, readEnvironment, required } from '../../../shared/environment.ts';
import { queueVariables, serviceVariables } from '../../../shared/reconcile/environment.ts';

/** What rosa-regional-worker reads from its environment. */
export const environment = () =>
  readEnvironment({
    ...serviceVariables,
    ...queueVariables,
    /** `aws`, `aws-us-gov` or `aws-cn`. */
    PARTITION: required,
    /** Of the issuers' certificate; without it the provisioner computes it. */
    OIDC_THUMBPRINT: optional,
  });
