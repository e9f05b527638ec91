import type { CommandOutcome, OptionValues } from '../../../shared/cli/command.ts';
import { exitCodes } from '../../../shared/cli/exit-codes.ts';
import { table } from '../../../shared/cli/table.ts';
import { UsageError } from '../../../shared/cli/usage-error.ts';
import { keyOf, type Resource } from '../../../shared/resources/resource.ts';
import { asList, asManifest } from '../as-manifest.ts';
import { headingOf, rowOf } from '../columns.ts';
import type { Command, Context } from '../command.ts';
import { labelSelector } from '../label-selector.ts';
import { type Selection, selected } from '../select.ts';
import { kindArgument, namespaceOption, nameText, targetOf } from '../target.ts';
import { watch } from '../watch.ts';

function selectionOf(options: OptionValues): Selection {
  const everywhere = options.allNamespaces === true;
  const target = targetOf(options);
  if (target.name && (everywhere || options.selector)) {
    throw new UsageError('a name selects one alone: leave out --all-namespaces and --selector');
  }
  const selector = labelSelector(typeof options.selector === 'string' ? options.selector : undefined);
  return { ...target, everywhere, selector };
}

const nothing = ({ definition, namespace, everywhere }: Selection): string =>
  `There are no ${definition.plural} in ${everywhere ? 'any namespace' : `namespace ${namespace}`}.`;

function tableOf(selection: Selection, found: readonly Resource[], now: Date, wide: boolean): string[] {
  if (found.length === 0) return [nothing(selection)];
  const { definition, everywhere: namespaces } = selection;
  const settings = { wide, namespaces, now };
  const rows = found.map((resource) => rowOf(definition, resource, settings));
  return table([headingOf(definition, settings), ...rows]);
}

function outcomeOf(selection: Selection, found: readonly Resource[], now: Date): CommandOutcome {
  const [one] = found;
  return {
    exitCode: exitCodes.fine,
    data: selection.name && one ? asManifest(one) : asList(found),
    lines: tableOf(selection, found, now, false),
    linesAs: {
      wide: tableOf(selection, found, now, true),
      name: found.map((resource) => nameText(keyOf(resource))),
    },
  };
}

/** Shows resources, once or until Ctrl-C. */
async function run(context: Context, options: OptionValues): Promise<CommandOutcome> {
  const selection = selectionOf(options);
  if (!options.watch) {
    return outcomeOf(selection, await selected(context.store, selection), context.now());
  }
  await watch(context, selection);
  return { exitCode: exitCodes.fine, data: undefined, lines: [] };
}

export const get: Command = {
  name: 'get',
  summary: 'show resources as a table, or as manifests',
  description: `Shows the resources of a kind, or one of them. The columns are those of kubectl; "-o wide" has more. With
"-o yaml" or "json" they come as manifests that can be applied again.

--watch shows them, and from then on those that change, until Ctrl-C. It looks every two seconds: of several changes in
between it shows the last. With "-o json" each is one line, {"type": "ADDED", "MODIFIED" or "DELETED", "object": ...}.`,
  arguments: [
    { name: '<kind>', ...kindArgument },
    { name: '[name]', description: 'one of them' },
  ],
  options: [
    namespaceOption,
    {
      flags: '-A, --all-namespaces',
      description: 'in whatever namespace',
      conflicts: ['namespace'],
    },
    { flags: '-l, --selector <labels>', description: 'with these labels: key=value,key!=value,key,!key' },
    { flags: '-w, --watch', description: 'go on showing what changes' },
  ],
  examples: [
    'accountctl get accountpools',
    'accountctl get accounts -o wide',
    'accountctl get accountclaims --all-namespaces --watch',
    'accountctl get account osd-creds-mgmt-a1b2c3 -o yaml',
  ],
  run,
};
