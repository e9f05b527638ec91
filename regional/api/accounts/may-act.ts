import { type Answer, refusal } from '../answer.ts';
import type { ApiDependencies } from '../dependencies.ts';
import type { Caller } from '../request.ts';

/** Whether a caller may read every account. */
export const isOperator = ({ operatorAccounts }: ApiDependencies, { accountId }: Caller): boolean =>
  operatorAccounts.includes(accountId);

/** The refusal of a caller who may not change an account, which is anybody but itself. */
export function mayNotChange({ accountId }: Caller, wanted: string): Answer | undefined {
  if (accountId === wanted) return undefined;
  const reason = `an account registers, changes and removes itself alone, and the request is signed by account ${accountId}. Use credentials of the account it is about`;
  return refusal(403, 'AUTH-009', reason);
}

/** The refusal of a caller who may not read an account. */
export function mayNotRead(
  dependencies: ApiDependencies,
  caller: Caller,
  wanted: string,
): Answer | undefined {
  if (caller.accountId === wanted || isOperator(dependencies, caller)) return undefined;
  const reason = `only an operator reads other accounts, and the request is signed by account ${caller.accountId}. Use credentials of the account it is about`;
  return refusal(403, 'AUTH-006', reason);
}

/** Says that an account is not registered. */
export const accountNotFound = refusal(404, 'ACCOUNTS-MGMT-GET-002', 'Account not found');
