import { type Ask, unless } from './ask.ts';
import type { Dialect } from './dialect.ts';
import type { PlatformApi } from './platform-api.ts';

type Accounts = Pick<
  PlatformApi,
  'registerAccount' | 'describeAccount' | 'changeAccount' | 'unregisterAccount'
>;

const path = (accountId: string): string => `/accounts/${encodeURIComponent(accountId)}`;

/** The API's accounts. */
export function accountsOf(ask: Ask, dialect: Dialect): Accounts {
  return {
    registerAccount: (account) => {
      const body = dialect.registration(account);
      const registering = ask({ method: 'POST', path: '/accounts', body }, () => 'registered' as const);
      return unless('exists', 'already registered' as const, registering);
    },
    describeAccount: (accountId) =>
      unless('not-found', undefined, ask({ method: 'GET', path: path(accountId) }, dialect.account)),
    changeAccount: async (accountId, change) => {
      if (!dialect.accountChange) return 'not offered';
      const body = dialect.accountChange(change);
      const changing = ask({ method: 'PATCH', path: path(accountId), body }, () => 'changed' as const);
      return unless('not-found', 'not registered' as const, changing);
    },
    unregisterAccount: (accountId) => {
      const removing = ask({ method: 'DELETE', path: path(accountId) }, () => 'unregistered' as const);
      return unless('not-found', 'not registered' as const, removing);
    },
  };
}
