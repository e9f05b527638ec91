import { accountClaimKind } from '../../resources/account-claim.ts';
import type { Command } from '../command.ts';
import { namespaceOption } from '../target.ts';
import { deleteCommand } from './delete.ts';

const [timeout] = deleteCommand.options.filter(({ flags }) => flags.startsWith('--timeout'));

export const release: Command = {
  name: 'release',
  summary: 'give the AWS account of a claim back',
  description: `Deletes an AccountClaim. Its keys die first; then what was made in the account is taken away, in every region, and
the account waits for the same customer. An account that the customer has brought is left as it is, without our IAM users.
It asks before it does anything; --yes answers.`,
  arguments: [{ name: '<name>', description: 'the name of the claim' }],
  options: [
    namespaceOption,
    { flags: '--wait', description: 'wait until the account is clean and the claim is gone' },
    ...(timeout ? [timeout] : []),
  ],
  examples: ['accountctl release my-cluster -n my-namespace --wait'],
  run: (context, options) => deleteCommand.run(context, { ...options, kind: accountClaimKind.singular }),
};
