import { collect } from '../../../shared/aws/collect.ts';
import { Undetermined } from '../../../shared/checks/check.ts';

/**
 * Items of one page of an EC2 listing: as many as AWS gives, so that a large account takes few round trips.
 * https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-pagination.html
 */
export const pageSize = 1_000;

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

/** The number of items of a listing. @throws Undetermined when a page has no list */
export const countOf = async <Page, Item>(
  action: string,
  pages: AsyncIterable<Page>,
  list: (page: Page) => Item[] | undefined,
): Promise<number> => (await listing(action, pages, list, () => 0)).length;
