import { required } from '../../shared/environment.ts';
import { queueVariables, serviceVariables } from '../../shared/reconcile/environment.ts';

/** What both functions of the accounts service read, beside the settings: accounts/settings.ts */
export const accountsVariables = { ...serviceVariables, ...queueVariables };

/** What the worker reads besides. */
export const workerVariables = {
  ...accountsVariables,
  /** `aws`, `aws-us-gov` or `aws-cn`. */
  PARTITION: required,
  /** Where AWS gives sign-in tokens for the console. */
  SIGN_IN_ENDPOINT: required,
};
