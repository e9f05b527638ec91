import type { Account, AccountStatus } from '../../resources/account.ts';
import { accountArguments, changeAccount } from '../change-account.ts';
import type { Command } from '../command.ts';
import { NotPossible } from '../failure.ts';

/** The status of an account whose temporary credentials are to be made anew. */
function toRotate({ metadata: { name }, spec, status }: Account): AccountStatus {
  const describe = `"accountctl describe account ${name}" shows how far it is`;
  if (spec.manualSTSMode) {
    throw new NotPossible(`account ${name} has no temporary credentials: it is entered by roles`, describe);
  }
  if (status?.state !== 'Ready') {
    throw new NotPossible(`account ${name} is not Ready: it gets its credentials when it is`, describe);
  }
  return { ...status, rotateCredentials: true, rotateConsoleCredentials: true };
}

export const rotate: Command = {
  name: 'rotate',
  summary: 'have the temporary credentials of an account made anew',
  description: `Has the temporary credentials and the console URL of an account replaced in their secrets now, rather than before they
end. Those before hold until their own end. The access keys of its IAM users are left alone.`,
  arguments: accountArguments,
  options: [],
  examples: ['accountctl rotate account osd-creds-mgmt-a1b2c3'],
  run: (context, options) =>
    changeAccount(context, options, {
      outcome: 'rotating',
      says: 'is given new temporary credentials',
      status: toRotate,
    }),
};
