/** What identifies an account that is to be made. */
export interface AccountRequest {
  /** 1 to 50 printable ASCII characters. */
  name: string;
  /** Of the account's root user: no two accounts of AWS, closed ones included, have the same. */
  email: string;
}

/**
 * What has become of a request for an account. The reason of a failure is AWS's own word:
 * https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateAccountStatus.html
 */
export type Creation =
  | { state: 'in-progress'; requestId: string }
  | { state: 'succeeded'; accountId: string; requestId?: string }
  | { state: 'failed'; reason: string; requestId: string };

/**
 * How AWS took a request for an account.
 * - `requested`: it is being made; look at it by its request id.
 * - `later`: nothing was done, and the same request may be made again.
 * - `limit`: nothing was done, and nothing will be until the organization may have more accounts.
 */
export type CreationStart =
  | { outcome: 'requested'; creation: Creation }
  | { outcome: 'later'; code: string; said: string }
  | { outcome: 'limit'; code: string; said: string };

/** An account of the organization: https://docs.aws.amazon.com/organizations/latest/APIReference/API_Account.html */
export interface OrganizationAccount {
  id: string;
  name: string;
  email: string;
  /** Closed ones stay for 90 days: https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-closing.html */
  state: 'PENDING_ACTIVATION' | 'ACTIVE' | 'SUSPENDED' | 'PENDING_CLOSURE' | 'CLOSED';
  /** When it was made, or joined. */
  joinedAt?: Date;
}

/** Whether an account has come to its end, from which nobody but AWS Support brings it back. */
export const isClosed = (state: OrganizationAccount['state']): boolean =>
  state === 'SUSPENDED' || state === 'PENDING_CLOSURE' || state === 'CLOSED';

/** How many accounts there are. */
export interface AccountCount {
  /** All that AWS counts against the organization's quota: the payer's own and closed ones are among them. */
  accounts: number;
  /** Those of them that are closed, being closed, or suspended: they can be used for nothing any more. */
  closed: number;
  /** Requests whose accounts are not among these yet. */
  inProgress: number;
}

/** The organization, as its payer sees it. Every call rejects with AwsCallError when AWS refuses it. */
export interface Organization {
  /** The account that pays. Nothing is ever to be done in it. */
  payerAccountId(): Promise<string>;
  /**
   * Asks for an account, once. After a rejection as `unavailable` nobody knows whether AWS has got the request: look for
   * it with `findCreation` before asking again.
   */
  createAccount(request: AccountRequest): Promise<CreationStart>;
  /** What has become of a request; undefined when AWS does not know it, or not yet. */
  creation(requestId: string): Promise<Creation | undefined>;
  /**
   * Looks a request up by what it asked for. Undefined means that there was none, or that AWS does not show it yet.
   * `taken`: an account of another name has the e-mail address, so that none can be made with it.
   */
  findCreation(
    request: AccountRequest,
  ): Promise<Creation | { state: 'taken'; accountId: string } | undefined>;
  /** Undefined when there is none of that id in the organization. */
  account(accountId: string): Promise<OrganizationAccount | undefined>;
  /** Reads all of them: for a watcher, not for each account. */
  count(): Promise<AccountCount>;
}
