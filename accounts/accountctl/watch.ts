import { lineOf, widthsOf } from '../../shared/cli/table.ts';
import { keyOf, type Resource } from '../../shared/resources/resource.ts';
import { asManifest } from './as-manifest.ts';
import { headingOf, rowOf } from './columns.ts';
import type { Context } from './command.ts';
import { NotFound } from './failure.ts';
import { type Selection, selected } from './select.ts';
import { nameText } from './target.ts';

/** Time between looks: soon enough for people, and a read a second for a thousand resources. */
const pauseMs = 2_000;

/** What has become of a resource, in the words of the Kubernetes API. */
interface Change {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  resource: Resource;
}

type Seen = Map<string, Resource>;

const seenOf = (found: readonly Resource[]): Seen =>
  new Map(found.map((resource) => [resource.metadata.uid, resource]));

function changesBetween(before: Seen, after: Seen): Change[] {
  const gone = [...before].filter(([uid]) => !after.has(uid));
  const others = [...after].flatMap(([uid, resource]): Change[] => {
    const known = before.get(uid);
    if (!known) return [{ type: 'ADDED', resource }];
    const isSame = known.metadata.resourceVersion === resource.metadata.resourceVersion;
    return isSame ? [] : [{ type: 'MODIFIED', resource }];
  });
  return [...gone.map(([, resource]): Change => ({ type: 'DELETED', resource })), ...others];
}

/** A table that goes on: as wide as the rows it began with. */
class GrowingTable {
  readonly #selection: Selection;
  readonly #wide: boolean;
  #widths: number[] | undefined;

  constructor(selection: Selection, wide: boolean) {
    this.#selection = selection;
    this.#wide = wide;
  }

  /** For each change its line; the heading is above the first of all. */
  linesOf(changes: readonly Change[], now: Date): string[][] {
    const { definition, everywhere: namespaces } = this.#selection;
    const settings = { wide: this.#wide, namespaces, now };
    const heading = headingOf(definition, settings);
    const rows = changes.map(({ resource }) => rowOf(definition, resource, settings));
    const isBegun = this.#widths !== undefined;
    const widths = this.#widths ?? widthsOf([heading, ...rows]);
    this.#widths = widths;
    const lines = rows.map((row, index) => [lineOf(row, widths) + goneText(changes[index])]);
    lines[0]?.unshift(...(isBegun ? [] : [lineOf(heading, widths)]));
    return lines;
  }
}

const goneText = (change?: Change): string => (change?.type === 'DELETED' ? '  (deleted)' : '');

const eventOf = ({ type, resource }: Change): object => ({ type, object: asManifest(resource) });

/** What there is now; one that is looked for by its name may be gone for a while. */
async function look({ store }: Context, selection: Selection): Promise<Seen> {
  const found = await selected(store, selection).catch((error: unknown) => {
    if (error instanceof NotFound) return [];
    throw error;
  });
  return seenOf(found);
}

/** Shows changes in every format there is. */
function showing(
  { show, now }: Context,
  selection: Selection,
): (changes: readonly Change[]) => Promise<void> {
  const [narrow, wide] = [false, true].map((isWide) => new GrowingTable(selection, isWide));
  return async (changes) => {
    if (changes.length === 0) return;
    const [lines, wideLines] = [narrow, wide].map((one) => one?.linesOf(changes, now()) ?? []);
    for (const [index, change] of changes.entries()) {
      const name = [nameText(keyOf(change.resource))];
      const linesAs = { wide: wideLines?.[index] ?? [], name };
      await show({ data: eventOf(change), lines: lines?.[index] ?? [], linesAs });
    }
  };
}

/** Shows the resources that are there, and then each that changes, until the person interrupts. */
export async function watch(context: Context, selection: Selection): Promise<void> {
  const signal = context.interruption();
  const show = showing(context, selection);
  let seen = seenOf(await selected(context.store, selection));
  await show(changesBetween(new Map(), seen));
  for (;;) {
    await context.pause(pauseMs, signal);
    if (signal.aborted) return;
    const after = await look(context, selection);
    await show(changesBetween(seen, after));
    seen = after;
  }
}
