import { type AccountSettings, seedSettings } from '../settings.ts';

/** What the work on accounts goes by, besides what an operator sets. Times are in seconds. */
export interface WorkSettings extends AccountSettings {
  /** What makes users and roles administrators. */
  adminPolicyArn: string;
  /** Whose image instances are made of, and its name, which may have `*`. */
  image: { owner: string; names: string };
  /** Until an account that AWS is making is looked at again. */
  creationPollSeconds: number;
  /** Until an account is asked for again that AWS would not make right now. */
  creationRetrySeconds: number;
  /** Until the organization is asked again that has no room. */
  limitRetrySeconds: number;
  /** Until what is not seen yet in a new account is looked for again. */
  retrySeconds: number;
  /** Until the instances of an account are looked at again. */
  regionPollSeconds: number;
  /** Until a case is opened that AWS would not open: it takes ten an hour. */
  caseRetrySeconds: number;
  /** After which what was done is seen by everybody. AWS tells no bound; a minute is much. */
  settleSeconds: number;
  /** How long before their end temporary credentials are made anew: longer than the time between two sweeps. */
  rotateBeforeSeconds: { cli: number; console: number };
  /** Whether temporary credentials are made anew before they end. */
  watchesCredentials: boolean;
}

/** The settings with what the work adds to them. */
export const workSettings = (settings: AccountSettings = seedSettings, partition = 'aws'): WorkSettings => ({
  ...settings,
  adminPolicyArn: `arn:${partition}:iam::aws:policy/AdministratorAccess`,
  image: { owner: 'amazon', names: 'al2023-ami-2023.*-x86_64' },
  creationPollSeconds: 5,
  creationRetrySeconds: 15,
  limitRetrySeconds: 300,
  retrySeconds: 5,
  regionPollSeconds: 10,
  caseRetrySeconds: 600,
  settleSeconds: 120,
  rotateBeforeSeconds: { cli: 600, console: 360 },
  watchesCredentials: true,
});
