import { listing } from '../../../shared/checks/listing.ts';

/**
 * Items of one page of an EC2 listing: as many as AWS gives, so that a large account takes few round trips.
 * https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-pagination.html
 */
export const pageSize = 1_000;

/** The number of items of a listing. @throws Undetermined when a page has no list */
export const countOf = async <Page, Item>(
  action: string,
  pages: AsyncIterable<Page>,
  list: (page: Page) => Item[] | undefined,
): Promise<number> => (await listing(action, pages, list, () => 0)).length;
