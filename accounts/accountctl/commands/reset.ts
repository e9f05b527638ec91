import type { Account, AccountStatus } from '../../resources/account.ts';
import { accountArguments, changeAccount } from '../change-account.ts';
import type { Command } from '../command.ts';
import { NotPossible } from '../failure.ts';

/** Who has an account of ours, or had it; undefined when nobody has, or it is the customer's own. */
function customerOf({ spec, status }: Account): string | undefined {
  const { byoc, manualSTSMode, claimLink, claimLinkNamespace = '', legalEntity } = spec;
  if (byoc || manualSTSMode) return undefined;
  if (claimLink) return `is claimed by ${[claimLinkNamespace, claimLink].filter(Boolean).join('/')}`;
  if (status?.claimed) return 'is claimed';
  return legalEntity?.id || status?.reused ? 'has served a customer' : undefined;
}

/** The status of an account that is begun anew: what it has stays, and is looked for before anything is made. */
function begunAnew(account: Account): AccountStatus {
  const { metadata, status } = account;
  const { name } = metadata;
  if (status?.state !== 'Failed') {
    const state = status?.state ? `is ${status.state}` : 'has just been begun';
    const describe = `"accountctl describe account ${name}" shows what it waits for`;
    throw new NotPossible(`account ${name} ${state}: only one that is Failed is reset`, describe);
  }
  const customer = customerOf(account);
  if (customer) {
    const why = 'what is in it is the customer’s, and a reset would not clean it';
    const next = `Delete the claim, if there is one; then delete the account: "accountctl delete account ${name}"`;
    throw new NotPossible(`account ${name} ${customer}: ${why}`, next);
  }
  return { ...status, state: '' };
}

export const reset: Command = {
  name: 'reset',
  summary: 'have an account that has failed tried again',
  description: `Takes the state of an account that is Failed back to the beginning, and has it looked at at once. Mend first what its
conditions tell of. It keeps its AWS account, its users and its keys; what is there is not made again.

One that a customer of the pool has, or had, is not reset: nobody would clean it.`,
  arguments: accountArguments,
  options: [],
  examples: ['accountctl reset account osd-creds-mgmt-a1b2c3'],
  run: (context, options) =>
    changeAccount(context, options, {
      outcome: 'reset',
      says: 'reset; "accountctl get accounts --watch" shows how far it is',
      status: begunAnew,
    }),
};
