import { exitCodes } from '../../../shared/cli/exit-codes.ts';
import { UsageError } from '../../../shared/cli/usage-error.ts';
import type { Resource } from '../../../shared/resources/resource.ts';
import { type AccountClaim, accountClaimKind } from '../../resources/account-claim.ts';
import { asManifest } from '../as-manifest.ts';
import type { Command, Context } from '../command.ts';
import { keyOfTarget, kindArgument, namespaceOption, nameText, notFound, targetOf } from '../target.ts';
import { whyLines } from '../why-claim.ts';

/** The part of --why, which only claims have. @throws UsageError */
async function reasonsFor(store: Context['store'], resource: Resource): Promise<string[]> {
  if (resource.kind !== accountClaimKind.kind) throw new UsageError('--why is for claims only');
  const lines = await whyLines(store, resource as AccountClaim);
  return ['', 'Why', ...lines.map((line) => `  ${line}`)];
}

export const describe: Command = {
  name: 'describe',
  summary: 'say all about a resource, for people to read',
  description: `Shows spec and status of a resource, its conditions as a table, what a deletion waits for, and what contradicts
itself in it. With --why it says of a claim what it waits for. Events are not kept: the records of the controllers
have them.`,
  arguments: [
    { name: '<kind>', ...kindArgument },
    { name: '[name]', description: 'which of them' },
  ],
  options: [
    namespaceOption,
    { flags: '--why', description: 'of a claim: say why it is as it is, and what to do' },
  ],
  examples: [
    'accountctl describe accountclaim my-cluster -n my-namespace',
    'accountctl describe accountclaim my-cluster -n my-namespace --why',
  ],
  run: async ({ store, now }, options) => {
    const target = targetOf(options);
    const key = keyOfTarget(target);
    const resource = await store.get(key);
    if (!resource) throw notFound(key);
    // Loaded only here: help comes without YAML.
    const { describeLines } = await import('../describe-lines.ts');
    const why = options.why ? await reasonsFor(store, resource) : [];
    return {
      exitCode: exitCodes.fine,
      data: asManifest(resource),
      lines: [...describeLines(target.definition, resource, now()), ...why],
      linesAs: { name: [nameText(key)] },
    };
  },
};
