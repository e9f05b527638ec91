import type { PlatformAccountRegistration } from '../../schemas/generated/platform-account-registration.js';
import type { Resource, ResourceKey } from '../../shared/resources/resource.ts';

/** What was registered, and by whom. */
export interface CustomerAccountSpec {
  registration: PlatformAccountRegistration;
  /** ARN of the caller. */
  createdBy: string;
}

/** What the platform has seen of the account's functions. */
export interface CustomerAccountStatus {
  /** The release that answered last, such as `0.1.0`. */
  release?: string;
  /** When a function last answered. UTC, ISO 8601. */
  lastAnswerAt?: string;
}

/** An account that the Regional Platform works in. Its label `access-mode` is its registration's. */
export type CustomerAccount = Resource<CustomerAccountSpec, CustomerAccountStatus>;

export const customerAccountKind = 'CustomerAccount';

/** The namespace of all accounts. */
export const accountsNamespace = 'accounts';

export const customerAccountKey = (accountId: string): ResourceKey => ({
  kind: customerAccountKind,
  namespace: accountsNamespace,
  name: accountId,
});

/** The label that tells how a resource's account is worked in. */
export const accessModeLabel = 'access-mode';

/**
 * The external id that the account's invocation role must ask for. The platform decides on it, one for each account,
 * so that nobody can have the platform assume another customer's role:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html
 */
export const externalIdOf = (accountId: string): string => `rosa-lambda-access:${accountId}`;
