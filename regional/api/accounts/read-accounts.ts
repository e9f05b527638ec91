import type { PlatformAccountList } from '../../../schemas/generated/platform-account-list.js';
import {
  accountsNamespace,
  type CustomerAccount,
  type CustomerAccountSpec,
  type CustomerAccountStatus,
  customerAccountKey,
  customerAccountKind,
} from '../../accounts/customer-account.ts';
import { accountProgress, fleetProgress } from '../../fleet/read-progress.ts';
import type { Answer } from '../answer.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { pageOf, wrongPageToken } from '../query.ts';
import type { ApiRequest } from '../request.ts';
import { accountNotFound, isOperator, mayNotRead } from './may-act.ts';
import { shownAccount } from './shown-account.ts';

/** The account of that id; undefined when it is not registered. */
export const findAccount = (
  { store }: ApiDependencies,
  accountId: string,
): Promise<CustomerAccount | undefined> =>
  store.get<CustomerAccountSpec, CustomerAccountStatus>(customerAccountKey(accountId));

/** GET /accounts/{account_id} */
export async function getAccount(
  dependencies: ApiDependencies,
  { caller, parameters: { account_id: accountId = '' } }: ApiRequest,
): Promise<Answer> {
  const refused = mayNotRead(dependencies, caller, accountId);
  if (refused) return refused;
  const account = await findAccount(dependencies, accountId);
  return account ? { status: 200, body: shownAccount(account) } : accountNotFound;
}

async function all(
  { store }: ApiDependencies,
  page: { limit: number; pageToken?: string },
): Promise<PlatformAccountList> {
  const { items, nextPageToken } = await store.list<CustomerAccountSpec, CustomerAccountStatus>({
    kind: customerAccountKind,
    namespace: accountsNamespace,
    ...page,
  });
  return {
    items: items.map(shownAccount),
    ...(nextPageToken && { next_page_token: nextPageToken }),
    // It reads the whole index, and is the same on every page.
    ...(!page.pageToken && { progress: await fleetProgress(store) }),
  };
}

async function own(dependencies: ApiDependencies, accountId: string): Promise<PlatformAccountList> {
  const account = await findAccount(dependencies, accountId);
  if (!account) return { items: [] };
  return { items: [shownAccount(account)], progress: await accountProgress(dependencies.store, account) };
}

/** GET /accounts: of an operator, all; of others, their own. */
export async function listAccounts(
  dependencies: ApiDependencies,
  { caller, query }: ApiRequest,
): Promise<Answer> {
  const page = pageOf(query);
  if ('status' in page) return page;
  if (isOperator(dependencies, caller)) return { status: 200, body: await all(dependencies, page) };
  if (page.pageToken !== undefined) return wrongPageToken;
  return { status: 200, body: await own(dependencies, caller.accountId) };
}
