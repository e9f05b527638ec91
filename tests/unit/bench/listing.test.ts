import { describe, expect, it } from '@jest/globals';
import { grown, pageOf, readListing } from '../../../bench/answers/listing.ts';

const answer = (items: string, rest = '') =>
  `<DescribeInstancesResponse><requestId>1</requestId><reservationSet>${items}</reservationSet>${rest}</DescribeInstancesResponse>`;

const instance = (id: string) =>
  `<item><reservationId>r-${id}</reservationId><instancesSet><item><instanceId>i-${id}</instanceId>` +
  `<subnetId>subnet-0123456789abcdef0</subnetId></item></instancesSet></item>`;

const three = ['aaaaaaaa', 'bbbbbbbb', 'cccccccc'].map(instance);

function listingOf(xml: string) {
  const listing = readListing(xml);
  if (!listing) throw new Error('there is no listing in it');
  return listing;
}

describe('a listing', () => {
  it('has the items of the list, and not those inside them', () => {
    expect(listingOf(answer(three.join('\n'))).items).toEqual(three);
  });

  it('is none when there is no item', () => {
    expect(readListing(answer(''))).toBeUndefined();
  });

  it('is the same answer again when it is given whole', () => {
    const xml = answer(three.join(''), '<other>kept</other>');
    expect(pageOf(listingOf(xml), { from: 0 })).toBe(xml);
  });

  it('comes in pages, each of which names the next', () => {
    const listing = listingOf(answer(three.join(''), '<nextToken></nextToken>'));
    expect(pageOf(listing, { size: 2, from: 0 })).toBe(
      answer(three.slice(0, 2).join(''), '<nextToken>2</nextToken>'),
    );
    expect(pageOf(listing, { size: 2, from: 2 })).toBe(answer(three.slice(2).join('')));
  });

  it('has as many pages when most of each is left out', () => {
    const listing = listingOf(answer(three.join('')));
    expect(pageOf(listing, { size: 2, from: 0 }, 1)).toBe(
      answer(three.slice(0, 1).join(''), '<nextToken>2</nextToken>'),
    );
  });

  it('grows by copies with identifiers of their own in the same subnet', () => {
    const { items } = grown(listingOf(answer(three.join(''))), 5_000);
    const identifiers = items.map((item) => /<instanceId>(.*?)</.exec(item)?.[1]);
    expect(new Set(identifiers).size).toBe(5_000);
    expect(items.slice(0, 3)).toEqual(three);
    expect(items.every((item) => item.includes('subnet-0123456789abcdef0'))).toBe(true);
  });
});
