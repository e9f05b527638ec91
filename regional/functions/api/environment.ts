import { list, readEnvironment, required } from '../../../shared/environment.ts';
import { serviceVariables } from '../../../shared/reconcile/environment.ts';

/** What rosa-regional-api reads from its environment. */
export const environment = () =>
  readEnvironment({
    ...serviceVariables,
    /** The role that invokes the customers' functions. */
    CLM_ROLE_ARN: required,
    /** What the issuer URLs of clusters begin with, without a slash at the end. */
    OIDC_ISSUER_BASE_URL: required,
    /** Accounts that may read every account. */
    OPERATOR_ACCOUNTS: list,
  });
