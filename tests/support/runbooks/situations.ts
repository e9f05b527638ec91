import type { Runbook } from '../../../observability/runbooks.ts';
import { putNextRelease } from '../built-project.ts';
import {
  alarm,
  type Cause,
  causes,
  changedProvider,
  invalidRequest,
  limitByHand,
  lostPermission,
  networkVerifiedDuring,
  oldRecords,
  openedDoor,
  vcpus,
} from './causes.ts';

/** What a runbook is for, made to happen on the laptop AWS. */
export interface Situation {
  runbook: Runbook;
  /** What is the matter, in a few words. */
  matter: string;
  /** Absent: it is so already, after the runbooks before. */
  bring?: Cause;
  /** What whoever follows the runbook has to be shown of it. */
  shows: RegExp;
  /** What happens while the runbook waits. */
  meanwhile?: Cause;
}

/** An alarm that rings, and stops once its cause is gone. */
const ringing = (name: string, cause: Cause) => ({
  bring: causes(cause, alarm(name, 'ALARM')),
  meanwhile: alarm(name, 'OK'),
});

/** Every runbook's situation, in an order in which one account goes through all of them. */
export const situations: Situation[] = [
  {
    runbook: 'deploy',
    matter: 'an account that has nothing',
    shows: /arn:aws:iam::111122223333:role\/CLMServiceRole may invoke prod/,
  },
  {
    runbook: 'failing',
    matter: 'requests that are refused',
    ...ringing('rosa-oidc-provisioner-error-rate', invalidRequest),
    shows: /rosa-oidc-provisioner .*✖ InvalidRequestError/,
  },
  {
    runbook: 'slow',
    matter: 'AWS that is slow to answer',
    ...ringing('rosa-network-verifier-duration', networkVerifiedDuring({ latencyMs: 1500 })),
    shows: /rosa-network-verifier .*completed +[1-9]\d{3} ms/,
  },
  {
    runbook: 'throttled',
    matter: 'a limit that somebody set by hand',
    ...ringing('rosa-preflight-checker-throttles', limitByHand),
    shows: /"ReservedConcurrentExecutions": 1\b/,
  },
  {
    runbook: 'quota-false-alarm',
    matter: 'a quota that is raised meanwhile',
    bring: vcpus(5),
    shows: /✖ quota_ec2_standard_vcpu.*Running On-Demand Standard [^\n]*\t5/s,
    meanwhile: vcpus(100),
  },
  {
    runbook: 'oidc-provider-drift',
    matter: 'a provider that lost a client id',
    bring: changedProvider,
    shows: /"effect":"functional"/,
  },
  {
    runbook: 'permission-lost',
    matter: 'a function that lost its permission',
    bring: lostPermission,
    shows: /nobody may invoke prod of rosa-oidc-provisioner/,
  },
  {
    runbook: 'promotion-by-canary',
    matter: 'a new release',
    bring: ({ project }) => putNextRelease(project.folder),
    shows: /not this release/,
  },
  {
    runbook: 'rollback',
    matter: 'failures of the version that was promoted',
    bring: invalidRequest,
    shows: /rosa-oidc-provisioner +2 +✖/,
  },
  {
    runbook: 'log-archive-restore',
    matter: 'records that are in Glacier',
    bring: oldRecords,
    shows: /2026\/08\/20\/.*GLACIER/,
  },
  {
    runbook: 'compromised-clm-role',
    matter: 'a role in the wrong hands that opened itself another door',
    bring: openedDoor,
    shows: /role\/CLMServiceRole/,
  },
  {
    runbook: 'account-offboarding',
    matter: 'a customer who leaves',
    shows: /Kept, with their records/,
  },
];

/** Runbooks of other accounts, which are followed where these are there: tests/integration/regional/ and accounts/ */
export const platformRunbooks: Runbook[] = ['clusters-failing', 'claims-pending', 'clean-up-failed'];
