import { optional, readEnvironment, required, seconds } from '../../../shared/environment.ts';
import { queueVariables, serviceVariables } from '../../../shared/reconcile/environment.ts';

/** What rosa-regional-worker reads from its environment. */
export const environment = () =>
  readEnvironment({
    ...serviceVariables,
    ...queueVariables,
    /** `aws`, `aws-us-gov` or `aws-cn`. */
    PARTITION: required,
    /** The role that customers' installer roles let in; without it the function's own. */
    INSTALLER_CALLER_ROLE_ARN: optional,
    /** Of the issuers' certificate; without it the provisioner computes it. */
    OIDC_THUMBPRINT: optional,
    /** Seconds between two tries while Lambda does not answer at all. */
    OUTAGE_PAUSE_SECONDS: seconds,
  });
