import type { Resource, ResourceKey } from '../../shared/resources/resource.ts';
import type { ResourceStore } from '../../shared/resources/resource-store.ts';
import { apiVersion, operatorNamespace } from '../resources/api.ts';

/** A place in the organization that an Account has, from before AWS is asked for its account until AWS counts it. */
export interface Slot {
  /** The name of the Account. */
  account: string;
  /** Since when AWS may count it, or never will. UTC, ISO 8601. */
  settledAt?: string;
}

/** What AWS counted last, and what it cannot know of yet. */
export interface OrganizationLimitStatus {
  /** Accounts that are not closed, the payer's own included. */
  accounts: number;
  /** Requests for accounts that are under way. */
  inProgress: number;
  /** When AWS first told these two. UTC, ISO 8601. */
  countedAt: string;
  /** Why AWS could not be asked the last time; until it can be, no account is made. */
  problem?: string;
  /** The oldest first. */
  slots: Slot[];
}

/** How full the organization is. There is one, and no status before the first count. */
export type OrganizationLimit = Resource<object, OrganizationLimitStatus>;

export const organizationLimitKind = 'OrganizationLimit';

export const organizationLimitKey: ResourceKey = {
  kind: organizationLimitKind,
  namespace: operatorNamespace,
  name: 'organization',
};

/** How full the organization is. The first to ask has it counted. */
export async function readLimit(store: Pick<ResourceStore, 'get' | 'create'>): Promise<OrganizationLimit> {
  const found = await store.get<object, OrganizationLimitStatus>(organizationLimitKey);
  if (found) return found;
  const { kind, namespace, name } = organizationLimitKey;
  const metadata = { namespace, name };
  const made = await store.create<object, OrganizationLimitStatus>({ apiVersion, kind, metadata, spec: {} });
  return made.outcome === 'created' ? made.resource : readLimit(store);
}

/** Accounts that the organization may still have beside those it has and those under way; slots are not looked at. */
function free({ accounts, inProgress }: OrganizationLimitStatus, awsLimit: number): number {
  return awsLimit - accounts - inProgress;
}

/**
 * Accounts that the organization may still have, slots taken off; below 0 when there are too many already. Undefined when
 * nobody knows: it was not counted yet, could not be, or there is no limit to hold it against.
 */
export function roomIn({ status }: OrganizationLimit, awsLimit: number | undefined): number | undefined {
  if (!status || status.problem !== undefined || awsLimit === undefined) return undefined;
  return free(status, awsLimit) - status.slots.length;
}

/** The organization with one slot more. */
export function withSlot(limit: OrganizationLimit, account: string): OrganizationLimit {
  if (!limit.status) throw new Error('an organization that was not counted has no slots');
  return { ...limit, status: { ...limit.status, slots: [...limit.status.slots, { account }] } };
}

/**
 * Whether the account that has a slot may be made now: when others have filled the organization meanwhile, the oldest slots
 * come first. Undefined when it has none.
 */
export function mayUseSlot(
  { status }: OrganizationLimit,
  awsLimit: number,
  account: string,
): boolean | undefined {
  const place = status?.slots.findIndex((slot) => slot.account === account && !slot.settledAt) ?? -1;
  return status && place >= 0 ? place < free(status, awsLimit) : undefined;
}

/** Says why nobody knows how much room there is; undefined when somebody does. */
export function whyUnknown({ status }: OrganizationLimit, awsLimit: number | undefined): string | undefined {
  if (awsLimit === undefined) return 'the limit of accounts (awsLimit) is not set to a number';
  if (!status) return 'the accounts of the organization were not counted yet';
  return status.problem && `the accounts of the organization could not be counted: ${status.problem}`;
}
