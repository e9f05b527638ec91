/** A listing of EC2, taken apart so that it can be given a page at a time. */
export interface Listing {
  /** What is before the first item, what is between the last and the closing tag of the answer, and that tag. */
  head: string;
  items: string[];
  tail: string;
  close: string;
}

/** The identifiers by which a copy of an item is another instance or network interface than the original. */
const ownIdentifiers = /\b(i|r|eni|eni-attach|vol)-[0-9a-f]{8,17}\b/g;

/** The items of a list, without those inside them. */
function itemsOf(list: string): string[] {
  const items: string[] = [];
  let depth = 0;
  let start = 0;
  for (const { 0: tag, index } of list.matchAll(/<\/?item>/g)) {
    if (tag === '<item>' && depth++ === 0) start = index;
    if (tag === '</item>' && --depth === 0) items.push(list.slice(start, index + tag.length));
  }
  return items;
}

/** Takes an answer of EC2 apart; undefined when there is no item in it. */
export function readListing(xml: string): Listing | undefined {
  const answer = xml.replace(/\s*<nextToken>\s*<\/nextToken>|\s*<nextToken\/>/, '');
  const opening = /<(\w+)>\s*(?=<item>)/.exec(answer);
  if (!opening) return undefined;
  const from = opening.index + opening[0].length;
  const to = answer.lastIndexOf(`</${opening[1]}>`);
  const close = answer.lastIndexOf('</');
  return {
    head: answer.slice(0, from),
    items: itemsOf(answer.slice(from, to)),
    tail: answer.slice(to, close),
    close: answer.slice(close),
  };
}

const copyOf = (item: string, number: number): string =>
  item.replace(ownIdentifiers, (_, kind) => `${kind}-${number.toString(16).padStart(17, '0')}`);

/** The same listing with so many items: the ones that are there, and copies of them with identifiers of their own. */
export function grown(listing: Listing, total: number): Listing {
  const { items } = listing;
  const copies = Array.from({ length: Math.max(0, total - items.length) }, (_, index) =>
    copyOf(items[index % items.length] ?? '', index),
  );
  return { ...listing, items: [...items, ...copies] };
}

/** What a request says of paging; without `size` it asks for everything at once. */
export interface Page {
  size?: number;
  /** The number of the first item, as the page before named it. */
  from: number;
}

/** One page of a listing, as EC2 would answer it. @param most how many items of the page to keep */
export function pageOf(
  { head, items, tail, close }: Listing,
  { size = items.length, from }: Page,
  most = size,
): string {
  const to = from + size;
  const next = to < items.length ? `<nextToken>${to}</nextToken>` : '';
  return `${head}${items.slice(from, from + Math.min(size, most)).join('')}${tail}${next}${close}`;
}
