import type { CommandOutcome, OptionValues } from '../../../shared/cli/command.ts';
import { exitCodes } from '../../../shared/cli/exit-codes.ts';
import { UsageError } from '../../../shared/cli/usage-error.ts';
import { type ResourceKey, sentenceOf } from '../../../shared/resources/resource.ts';
import type { Command, Context } from '../command.ts';
import { keysInFile } from '../keys-in-file.ts';
import { keyOfTarget, kindArgument, namespaceOption, nameText, targetOf } from '../target.ts';
import { untilGone } from '../until-gone.ts';

/** Ten minutes: longer than cleaning an account takes. */
const defaultSeconds = 600;

interface Deleted {
  key: ResourceKey;
  outcome: 'deleted' | 'deleting' | 'not there';
}

async function keysOf(context: Context, options: OptionValues): Promise<ResourceKey[]> {
  const { kind, filename } = options;
  if (kind && filename) throw new UsageError('give a kind and a name, or --filename, not both');
  if (kind) return [keyOfTarget(targetOf(options))];
  if (typeof filename === 'string') return keysInFile(context, filename, options.namespace);
  throw new UsageError('give a kind and a name, or --filename');
}

async function remove(context: Context, key: ResourceKey, options: OptionValues): Promise<Deleted> {
  const before = options.wait ? await context.store.get(key) : undefined;
  const outcome = await context.store.delete(key);
  if (outcome !== 'deleting' || !before) return { key, outcome };
  const seconds = Number(options.timeout ?? defaultSeconds);
  await untilGone(context, { key, uid: before.metadata.uid, seconds });
  return { key, outcome: 'deleted' };
}

const texts: Record<Deleted['outcome'], string> = {
  deleted: 'deleted',
  deleting: 'is being deleted; "accountctl describe" shows what it waits for',
  'not there': 'is not there',
};

function outcomeOf(all: readonly Deleted[], options: OptionValues): CommandOutcome {
  const isMissed = all.some(({ outcome }) => outcome === 'not there') && !options.ignoreNotFound;
  return {
    exitCode: isMissed ? exitCodes.no : exitCodes.fine,
    data: all.map(({ key, outcome }) => ({ ...key, outcome })),
    lines: all.map(({ key, outcome }) => `${nameText(key)} ${texts[outcome]}`),
    linesAs: { name: all.map(({ key }) => nameText(key)) },
  };
}

const questionOf = (keys: readonly ResourceKey[]): string =>
  `Delete ${keys.map(sentenceOf).join(', ')}, and in AWS what was made for it?`;

async function run(context: Context, options: OptionValues): Promise<CommandOutcome> {
  const keys = await keysOf(context, options);
  await context.confirm(questionOf(keys));
  const all: Deleted[] = [];
  for (const key of keys) all.push(await remove(context, key, options));
  return outcomeOf(all, options);
}

const isWholeNumber = (value: string): boolean => /^\d{1,6}$/.test(value);

export const deleteCommand: Command = {
  name: 'delete',
  summary: 'delete a resource, or those of a file of manifests',
  description: `Asks that resources be deleted. One whose controller has something to undo in AWS first goes when that is done;
--wait waits for it. It asks before it does anything; --yes answers.`,
  arguments: [
    { name: '[kind]', ...kindArgument },
    { name: '[name]', description: 'which of them' },
  ],
  options: [
    { flags: '-f, --filename <file>', description: 'those of these manifests; - is standard input' },
    namespaceOption,
    { flags: '--wait', description: 'wait until they are gone' },
    {
      flags: '--timeout <seconds>',
      description: `how long to wait for each at most (default: ${defaultSeconds})`,
      problem: (value) => (isWholeNumber(value) ? undefined : 'It must be a whole number of seconds.'),
    },
    { flags: '--ignore-not-found', description: 'be content when there is none' },
  ],
  examples: [
    'accountctl delete accountclaim my-cluster -n my-namespace --wait',
    'accountctl delete -f claims.yaml --yes',
  ],
  run,
};
