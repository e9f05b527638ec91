import type { AwsCallError } from '../../shared/aws/aws-call-error.ts';
import type { TemporaryCredentials } from '../../shared/aws/clients.ts';
import type { MemberAccountReference } from './account-guards.ts';
import type { Instances } from './instances.ts';
import type { LeftoverKind, Leftovers } from './leftovers.ts';
import type { Policies } from './policies.ts';
import type { Roles } from './roles.ts';
import type { AccessKey } from './sign-in.ts';
import type { Users } from './users.ts';

/** How to enter an account. */
export type WayIn =
  /** By the role that Organizations makes in each account, or one of another name. */
  | { by: 'role'; roleName: string }
  /** By any role of the account, assumed by another role that has to be assumed first. */
  | { by: 'role-chain'; throughRoleArn: string; roleArn: string; externalId?: string }
  /** With a user's access key that somebody has given us. */
  | { by: 'access-key'; key: AccessKey };

/** An account that was entered, and what is done in it. */
export interface MemberAccount {
  id: string;
  /** Of this session: an hour at most. Absent when it was entered with an access key. */
  credentials?: TemporaryCredentials;
  /** The unique id of the role that was assumed: one that is made anew under its old name has another. */
  roleId?: string;
  users: Users;
  roles: Roles;
  policies: Policies;
  /** Names of the regions that are enabled for it. */
  enabledRegions(): Promise<string[]>;
  instances(region: string): Instances;
  /** @param region absent: that of the session, for what is in no region */
  leftovers(kind: LeftoverKind, region?: string): Leftovers;
}

/**
 * What came of entering an account. `refused`: AWS does not let us in, or not yet: the role of a new account and a new
 * access key take a while until they are known everywhere, and AWS says the same of what will never be.
 */
export type Entry =
  | { outcome: 'entered'; account: MemberAccount }
  | { outcome: 'refused'; error: AwsCallError };

/** The accounts in which something is done. */
export interface MemberAccounts {
  /**
   * Enters the account whose id is written on a resource, and no other.
   * @throws ForbiddenAccountError before any call when it must not be entered, and after the call when the credentials
   * lead into another account
   * @throws AwsCallError when AWS does not answer as it should
   */
  enter(account: MemberAccountReference, way: WayIn): Promise<Entry>;
}
