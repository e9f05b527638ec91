import type { CommandOutcome, OptionValues } from '../../../shared/cli/command.ts';
import { exitCodes } from '../../../shared/cli/exit-codes.ts';
import { type Admission, admit, type Wanted } from '../../admission/admit.ts';
import { type Applied, applyManifest } from '../apply-manifest.ts';
import type { Command, Context } from '../command.ts';
import { InvalidManifests } from '../failure.ts';
import { readManifests } from '../read-manifests.ts';
import { nameText } from '../target.ts';

interface Looked {
  where: string;
  admission: Admission;
}

const reasonsOf = ({ where, admission }: Looked): string[] =>
  admission.outcome === 'refused' ? admission.reasons.map((reason) => `${where}: ${reason}`) : [];

/** All manifests of a file as they are wanted. @throws InvalidManifests when one of them cannot be */
async function wantedIn(context: Context, { filename, namespace }: OptionValues): Promise<Wanted[]> {
  const { manifests, problems } = await readManifests(context, String(filename));
  const settings = typeof namespace === 'string' ? { namespace } : {};
  const looked = manifests.map(({ where, content }) => ({ where, admission: admit(content, settings) }));
  for (const { where, admission } of looked)
    for (const warning of admission.warnings) context.warn(`${where}: ${warning}`);
  const reasons = [...problems, ...looked.flatMap(reasonsOf)];
  if (reasons.length > 0) throw new InvalidManifests(reasons.join('\n'));
  if (looked.length === 0) throw new InvalidManifests(`${filename} has no manifest`);
  return looked.flatMap(({ admission }) => (admission.outcome === 'admitted' ? [admission.wanted] : []));
}

const lineFor = ({ key, outcome, reasons }: Applied, suffix: string): string =>
  `${nameText(key)} ${outcome}${suffix}${reasons.length > 0 ? `: ${reasons.join('; ')}` : ''}`;

function outcomeOf(all: readonly Applied[], dryRun: boolean): CommandOutcome {
  const isRefused = all.some(({ outcome }) => outcome === 'refused');
  return {
    exitCode: isRefused ? exitCodes.no : exitCodes.fine,
    data: all.map(({ key, ...rest }) => ({ ...key, ...rest, ...(dryRun && { dryRun }) })),
    lines: all.map((one) => lineFor(one, dryRun ? ' (dry run)' : '')),
    linesAs: { name: all.map(({ key }) => nameText(key)) },
  };
}

async function run(context: Context, options: OptionValues): Promise<CommandOutcome> {
  const all: Applied[] = [];
  const dryRun = options.dryRun === true;
  const { store } = context;
  for (const wanted of await wantedIn(context, options)) {
    try {
      const applied = await applyManifest({ store, dryRun }, wanted);
      for (const warning of applied.warnings) context.warn(`${nameText(applied.key)}: ${warning}`);
      all.push(applied);
    } catch (error) {
      // What has been done must not be lost with the failure of the next.
      if (all.length > 0) await context.show(outcomeOf(all, dryRun));
      throw error;
    }
  }
  return outcomeOf(all, dryRun);
}

export const apply: Command = {
  name: 'apply',
  summary: 'make and change resources as manifests say',
  description: `Makes the resources of a file of manifests, or changes those that are there. Manifests are YAML with any number of
documents, JSON, or lists. All are looked at first: when one cannot be applied, none is.

The spec becomes that of the manifest, except for the fields that controllers write, such as accountLink. Labels and
annotations are added. When somebody else writes at the same moment, it is done again on what is there then; a manifest
with metadata.resourceVersion is refused instead.`,
  options: [
    { flags: '-f, --filename <file>', description: 'the manifests; - is standard input', required: true },
    { flags: '-n, --namespace <name>', description: 'the namespace of manifests that name none' },
    { flags: '--dry-run', description: 'only say what would be done' },
  ],
  examples: ['accountctl apply -f pool.yaml', 'accountctl apply -f - --dry-run < claims.yaml'],
  run,
};
