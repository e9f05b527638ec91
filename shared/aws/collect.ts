import { awsCall } from './aws-call-error.ts';

/**
 * All items of a listing, every page of it.
 * @param action the IAM action of the listing
 * @param pages an SDK paginator
 * @param items picks the items of one page
 */
export function collect<Page, Item>(
  action: string,
  pages: AsyncIterable<Page>,
  items: (page: Page) => Item[] | undefined,
): Promise<Item[]> {
  return awsCall(action, async () => {
    const all: Item[] = [];
    for await (const page of pages) all.push(...(items(page) ?? []));
    return all;
  });
}
