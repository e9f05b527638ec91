import type { Account } from '../resources/account.ts';
import { iamUserIdLabel } from '../resources/api.ts';
import type { WorkSettings } from './account-settings.ts';

/** The two users of an account: `admin` makes clusters, `sre` opens the console. */
export const userRoles = ['admin', 'sre'] as const;
export type UserRole = (typeof userRoles)[number];

/** Six characters that names of what is made for an account end with. */
export const suffixOf = ({ metadata }: Account): string =>
  metadata.labels[iamUserIdLabel] ?? metadata.uid.replaceAll('-', '').slice(0, 6);

/** The e-mail address of the account's root user. */
export const emailOf = (account: Account, emailId: string, emailDomain: string): string =>
  `${emailId}+${suffixOf(account)}@${emailDomain}`;

/** A user's name: in an account of a customer, who may have users of that name, it has the suffix. */
export function userNameOf(account: Account, settings: WorkSettings, role: UserRole): string {
  const name = role === 'admin' ? settings.iamUserNameUHC : settings.iamUserNameSRE;
  return account.spec.byoc ? `${name}-${suffixOf(account)}` : name;
}

/** The role in an account of a customer by which it is entered. */
export const customerRoleOf = (account: Account): string => `BYOCAdminAccess-${suffixOf(account)}`;

/** The tags of everything that is made for an account; by the first two it is known again. */
export function tagsOf({ metadata, spec }: Account): Record<string, string> {
  const { claimLink, claimLinkNamespace } = spec;
  return {
    clusterAccountName: metadata.name,
    clusterNamespace: metadata.namespace,
    ...(claimLink && { clusterClaimLink: claimLink }),
    ...(claimLinkNamespace && { clusterClaimLinkNamespace: claimLinkNamespace }),
  };
}

/** The tags by which something is known as made for this account. */
export const markOf = ({ metadata }: Account): Record<string, string> => ({
  clusterAccountName: metadata.name,
  clusterNamespace: metadata.namespace,
});

export const isMarked = (account: Account, tags: Record<string, string>): boolean =>
  Object.entries(markOf(account)).every(([key, value]) => tags[key] === value);

/** The subject of the support case, by which it is found again. */
export const caseSubjectOf = ({ metadata, spec }: Account): string =>
  `Enterprise Support and limits for account ${spec.awsAccountID} (${metadata.name})`;
