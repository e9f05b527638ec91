import { describe, expect, it } from '@jest/globals';
import {
  type Cidr,
  containsAddress,
  containsCidr,
  formatCidr,
  overlaps,
  parseAddress,
  parseCidr,
} from '../../../../shared/network/cidr.ts';

describe('an address', () => {
  it.each([
    ['0.0.0.0', 0],
    ['10.0.0.1', 0x0a000001],
    ['128.0.0.0', 0x80000000],
    ['255.255.255.255', 0xffffffff],
  ])('%s reads as an unsigned number', (text, number) => {
    expect(parseAddress(text)).toBe(number);
  });

  it.each(['', '10.0.0', '10.0.0.0.0', '256.0.0.1', '10.0.0.-1', '10.0.0.x', '10..0.1', ' 10.0.0.1', '::1'])(
    'refuses "%s" and names it',
    (text) => {
      expect(() => parseAddress(text)).toThrow(new RangeError(`not an IPv4 address: "${text}"`));
    },
  );
});

describe('a range', () => {
  it.each(['0.0.0.0/0', '10.0.0.0/16', '192.168.128.0/17', '255.255.255.255/32'])(
    '%s is written as it is read',
    (text) => {
      expect(formatCidr(parseCidr(text))).toBe(text);
    },
  );

  it.each([
    ['10.0.0.0/16', { base: 0x0a000000, prefix: 16 }],
    ['10.1.2.3/8', { base: 0x0a000000, prefix: 8 }],
    ['192.168.255.255/17', { base: 0xc0a88000, prefix: 17 }],
    ['203.0.113.7/32', { base: 0xcb007107, prefix: 32 }],
    ['255.255.255.255/0', { base: 0, prefix: 0 }],
    ['255.255.255.255/1', { base: 0x80000000, prefix: 1 }],
  ])('%s is read with its host bits cut off', (text, range) => {
    expect(parseCidr(text)).toEqual(range);
  });

  it.each([
    '10.0.0.0',
    '10.0.0.0/',
    '10.0.0.0/33',
    '10.0.0.0/-1',
    '10.0.0.0/8/8',
    '10.0.0.0/a',
    'fd00::/8',
    '',
  ])('refuses "%s"', (text) => {
    expect(() => parseCidr(text)).toThrow(RangeError);
  });

  it('refuses a bad address in front of a good length', () => {
    expect(() => parseCidr('300.0.0.0/8')).toThrow('not an IPv4 address: "300.0.0.0"');
  });
});

describe('containment', () => {
  it.each([
    ['10.0.0.0/16', '10.0.255.255', true],
    ['10.0.0.0/16', '10.1.0.0', false],
    ['10.0.0.0/16', '9.255.255.255', false],
    ['0.0.0.0/0', '255.255.255.255', true],
    ['128.0.0.0/1', '127.255.255.255', false],
    ['203.0.113.7/32', '203.0.113.7', true],
    ['203.0.113.7/32', '203.0.113.8', false],
  ])('%s and the address %s: %s', (range, address, expected) => {
    expect(containsAddress(parseCidr(range), parseAddress(address))).toBe(expected);
  });

  it.each([
    ['10.0.0.0/16', '10.0.3.0/24', true],
    ['10.0.0.0/16', '10.0.0.0/16', true],
    ['10.0.3.0/24', '10.0.0.0/16', false],
    ['10.0.0.0/24', '10.0.0.0/16', false],
    ['0.0.0.0/0', '200.0.0.0/8', true],
    ['10.0.0.0/16', '10.1.0.0/24', false],
  ])('%s holds the range %s: %s', (outer, inner, expected) => {
    expect(containsCidr(parseCidr(outer), parseCidr(inner))).toBe(expected);
  });
});

describe('overlap', () => {
  it.each([
    ['10.128.0.0/14', '10.130.0.0/16', true],
    ['10.128.0.0/14', '10.132.0.0/16', false],
    ['10.0.0.0/24', '10.0.1.0/24', false],
    ['0.0.0.0/0', '203.0.113.7/32', true],
    ['203.0.113.7/32', '203.0.113.7/32', true],
    ['203.0.113.6/32', '203.0.113.7/32', false],
  ])('%s and %s: %s', (a, b, expected) => {
    expect(overlaps(parseCidr(a), parseCidr(b))).toBe(expected);
  });

  describe('of a few hundred generated pairs', () => {
    // mulberry32, seeded: the same pairs in every run.
    let seed = 0x2f3a1c7e;
    const random = () => {
      seed = (seed + 0x6d2b79f5) | 0;
      let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    };
    const randomCidr = (): Cidr => {
      const octets = [10 + Math.floor(random() * 2), ...Array.from({ length: 3 }, () => random() * 256)];
      return parseCidr(`${octets.map(Math.floor).join('.')}/${Math.floor(random() * 33)}`);
    };
    const generated = Array.from({ length: 400 }, (): [Cidr, Cidr] => [randomCidr(), randomCidr()]);
    const lastOf = ({ base, prefix }: Cidr) => base + 2 ** (32 - prefix) - 1;

    it('includes pairs that overlap and pairs that do not', () => {
      const overlapping = generated.filter(([a, b]) => overlaps(a, b)).length;
      expect(overlapping).toBeGreaterThan(50);
      expect(overlapping).toBeLessThan(350);
    });

    it('is the same whichever comes first', () => {
      expect(generated.filter(([a, b]) => overlaps(a, b) !== overlaps(b, a))).toEqual([]);
    });

    it('is there just when one holds the base of the other', () => {
      const holdsBase = ([a, b]: [Cidr, Cidr]) => containsAddress(a, b.base) || containsAddress(b, a.base);
      expect(generated.filter((pair) => overlaps(...pair) !== holdsBase(pair))).toEqual([]);
    });

    it('agrees with comparing first and last addresses', () => {
      const intersects = ([a, b]: [Cidr, Cidr]) => a.base <= lastOf(b) && b.base <= lastOf(a);
      expect(generated.filter((pair) => overlaps(...pair) !== intersects(pair))).toEqual([]);
    });

    it('is there whenever one holds the other', () => {
      expect(generated.filter(([a, b]) => containsCidr(a, b) && !overlaps(a, b))).toEqual([]);
    });
  });
});
