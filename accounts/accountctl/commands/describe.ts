import { exitCodes } from '../../../shared/cli/exit-codes.ts';
import { asManifest } from '../as-manifest.ts';
import type { Command } from '../command.ts';
import { keyOfTarget, kindArgument, namespaceOption, nameText, notFound, targetOf } from '../target.ts';

export const describe: Command = {
  name: 'describe',
  summary: 'say all about a resource, for people to read',
  description: `Shows spec and status of a resource, its conditions as a table, what a deletion waits for, and what contradicts
itself in it. Events are not kept: the records of the controllers have them.`,
  arguments: [
    { name: '<kind>', ...kindArgument },
    { name: '[name]', description: 'which of them' },
  ],
  options: [namespaceOption],
  examples: ['accountctl describe accountclaim my-cluster -n my-namespace'],
  run: async ({ store, now }, options) => {
    const target = targetOf(options);
    const key = keyOfTarget(target);
    const resource = await store.get(key);
    if (!resource) throw notFound(key);
    // Loaded only here: help comes without YAML.
    const { describeLines } = await import('../describe-lines.ts');
    return {
      exitCode: exitCodes.fine,
      data: asManifest(resource),
      lines: describeLines(target.definition, resource, now()),
      linesAs: { name: [nameText(key)] },
    };
  },
};
