import type { ResourceStore } from '../../shared/resources/resource-store.ts';
import type { AwsPorts } from '../aws/aws-ports.ts';
import type { Permission } from '../organization-limit/may-create.ts';
import type { Account, AccountSpec, AccountStatus } from '../resources/account.ts';
import type { WorkSettings } from './account-settings.ts';

/** What the controller of accounts needs of the world. */
export interface AccountDependencies {
  store: ResourceStore;
  aws: AwsPorts;
  settings: WorkSettings;
  /** Asked before each request for an account. */
  mayCreate(account: Account): Promise<Permission>;
}

/** One look at an account. */
export interface Turn extends AccountDependencies {
  /** The account as it was last read or written. */
  account: Account;
  now(): Date;
}

/** The account's status; empty before anybody has looked at it. */
export const statusOf = ({ account }: Turn): AccountStatus => account.status ?? {};

/** Writes another status. @throws ConflictError */
export async function save(turn: Turn, status: AccountStatus): Promise<void> {
  turn.account = await turn.store.updateStatus<AccountSpec, AccountStatus>({ ...turn.account, status });
}

export const secondsSince = ({ now }: Turn, time: string): number =>
  (now().getTime() - Date.parse(time)) / 1_000;

export const timeIn = ({ now }: Turn, seconds: number): string =>
  new Date(now().getTime() + seconds * 1_000).toISOString();

export const isPast = ({ now }: Turn, time: string | undefined): boolean =>
  time !== undefined && now().getTime() >= Date.parse(time);
