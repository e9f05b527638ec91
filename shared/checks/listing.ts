import { collect } from '../aws/collect.ts';
import { Undetermined } from './check.ts';

/**
 * All items of a listing, of which no more is kept than `pick` takes.
 * @param action the IAM action of the listing
 * @param list the items of one page
 * @throws Undetermined when a page has no list: that is not the same as an empty one
 */
export async function listing<Page, Item, Picked>(
  action: string,
  pages: AsyncIterable<Page>,
  list: (page: Page) => Item[] | undefined,
  pick: (item: Item) => Picked,
): Promise<Picked[]> {
  const found = await collect(action, pages, (page) => [list(page)?.map(pick)]);
  return found.flatMap((picked) => {
    if (!picked) throw new Undetermined('value_absent', `${action} answered without a list`);
    return picked;
  });
}

/** A thing of which AWS has told some fields for certain. */
export type Told<Item, Name extends keyof Item> = Item & { [Field in Name]-?: NonNullable<Item[Field]> };

/**
 * Sees to it that AWS has told what it tells of everything of a kind: what lacks its id or state would be passed
 * over by a search for it, and a check pass for it.
 * @returns the same item
 * @throws Undetermined naming the first field that is absent
 */
export function told<Item extends object, Name extends keyof Item & string>(
  action: string,
  item: Item,
  ...names: Name[]
): Told<Item, Name> {
  const absent = names.find((name) => item[name] === undefined);
  if (absent) throw new Undetermined('value_absent', `${action} answered without ${absent}`);
  return item as Told<Item, Name>;
}
