import type { Resource } from './resource.ts';
import type { ListRequest, ResourceStore } from './resource-store.ts';

/** The most that a list gives at once. */
const limit = 100;

/** Every resource of a kind in a namespace, page after page. */
export async function* allOf<Spec extends object, Status extends object>(
  store: Pick<ResourceStore, 'list'>,
  of: Pick<ListRequest, 'kind' | 'namespace'>,
): AsyncIterable<Resource<Spec, Status>> {
  let pageToken: string | undefined;
  do {
    const page = await store.list<Spec, Status>({ ...of, limit, ...(pageToken && { pageToken }) });
    yield* page.items;
    pageToken = page.nextPageToken;
  } while (pageToken);
}
