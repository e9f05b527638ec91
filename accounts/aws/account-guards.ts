import type { ResourceKey } from '../../shared/resources/resource.ts';

/** The resource on which an account's id is written. An Account is one. */
export interface MemberAccountReference {
  metadata: { namespace: string; name: string };
  spec: { awsAccountID: string };
}

/** Says why an account must not be entered; undefined when it may. */
export type AccountGuard = (account: MemberAccountReference) => Promise<string | undefined>;

/** An account that must never be entered was about to be. Nothing was done in it. */
export class ForbiddenAccountError extends Error {
  override readonly name = 'ForbiddenAccountError';
  readonly accountId: string;

  constructor({ metadata, spec }: MemberAccountReference, why: string) {
    super(`account "${spec.awsAccountID}" of ${metadata.namespace}/${metadata.name} was not entered: ${why}`);
    this.accountId = spec.awsAccountID;
  }
}

/** An id is what AWS calls one: https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html */
const isAccountId: AccountGuard = async ({ spec }) =>
  /^\d{12}$/.test(spec.awsAccountID) ? undefined : 'it is not an id of 12 digits';

/** Keeps out of the account that pays for the others, whose id is asked for once. */
export function notThePayer(payerAccountId: () => Promise<string>): AccountGuard {
  let payer: string | undefined;
  return async ({ spec }) => {
    payer ??= await payerAccountId();
    return spec.awsAccountID === payer ? 'it is the payer account itself' : undefined;
  };
}

/** Keeps out of accounts that an operator has listed. */
export const notBlocked =
  (accountIds: readonly string[]): AccountGuard =>
  async ({ spec }) =>
    accountIds.includes(spec.awsAccountID) ? 'it is on the list of blocked accounts' : undefined;

/**
 * Keeps out of accounts that belong to another resource.
 * @param holderOf the resource on which the id has been written for good; undefined when it is on none
 */
export const ofItsOwn =
  (
    holderOf: (accountId: string) => Promise<Pick<ResourceKey, 'namespace' | 'name'> | undefined>,
  ): AccountGuard =>
  async ({ metadata, spec }) => {
    const holder = await holderOf(spec.awsAccountID);
    if (holder?.namespace === metadata.namespace && holder.name === metadata.name) return undefined;
    return holder ? `it belongs to ${holder.namespace}/${holder.name}` : 'it belongs to no resource';
  };

/** Asks every guard. @throws ForbiddenAccountError with the first objection */
export async function checkAccount(
  account: MemberAccountReference,
  guards: readonly AccountGuard[],
): Promise<void> {
  for (const guard of [isAccountId, ...guards]) {
    const objection = await guard(account);
    if (objection) throw new ForbiddenAccountError(account, objection);
  }
}
