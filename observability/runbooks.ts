/** The runbooks by name; each is a page of docs/runbooks/. */
export type Runbook =
  | 'deploy'
  | 'rollback'
  | 'promotion-by-canary'
  | 'failing'
  | 'permission-lost'
  | 'throttled'
  | 'slow'
  | 'quota-false-alarm'
  | 'oidc-provider-drift'
  | 'log-archive-restore'
  | 'account-offboarding'
  | 'compromised-clm-role'
  | 'clusters-failing'
  | 'claims-pending'
  | 'clean-up-failed';

/** Where a runbook lies in the sources. The project has no public address yet. */
export const runbook = (name: Runbook): string => `docs/runbooks/${name}.md`;
