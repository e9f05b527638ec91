import { describe, expect, it } from '@jest/globals';
import { parseAddress, parseCidr } from '../../../../shared/network/cidr.ts';
import {
  addressCount,
  addressesOf,
  type Block,
  internet,
  intersect,
  port,
  subtract,
} from '../../../../shared/network/traffic.ts';

const block = (ports: [number, number], peers: [number, number]): Block => ({
  ports: port(...ports),
  peers: { first: peers[0], last: peers[1] },
});

describe('a block of traffic', () => {
  const whole = block([0, 9], [0, 9]);

  it.each<[string, Block, Block[]]>([
    ['nothing it does not share', block([20, 30], [0, 9]), [whole]],
    ['all of itself', block([0, 99], [0, 99]), []],
    ['its lower ports', block([0, 4], [0, 9]), [block([5, 9], [0, 9])]],
    ['its upper addresses', block([0, 9], [5, 20]), [block([0, 9], [0, 4])]],
    [
      'its middle, leaving the four sides',
      block([3, 6], [3, 6]),
      [block([0, 2], [0, 9]), block([7, 9], [0, 9]), block([3, 6], [0, 2]), block([3, 6], [7, 9])],
    ],
  ])('can lose %s', (_, taken, left) => {
    expect(subtract(whole, taken)).toEqual(left);
  });

  it('loses exactly what it shares, point by point', () => {
    const taken = block([3, 12], [5, 7]);
    const inside = (at: Block, p: number, a: number) => intersect(at, block([p, p], [a, a])) !== undefined;
    const rest = subtract(whole, taken);
    for (let p = 0; p < 10; p += 1) {
      for (let a = 0; a < 10; a += 1) {
        expect(rest.filter((piece) => inside(piece, p, a))).toHaveLength(inside(taken, p, a) ? 0 : 1);
      }
    }
  });

  it('knows the addresses of the widest and of the narrowest range', () => {
    expect(addressesOf(parseCidr('0.0.0.0/0'))).toEqual({ first: 0, last: 0xffffffff });
    expect(addressesOf(parseCidr('255.255.255.255/32'))).toEqual({ first: 0xffffffff, last: 0xffffffff });
    expect(addressCount({ ports: port(1), peers: addressesOf(parseCidr('10.0.0.0/8')) })).toBe(2 ** 24);
  });
});

describe('the internet', () => {
  const has = (address: string) =>
    internet.some(({ first, last }) => first <= parseAddress(address) && parseAddress(address) <= last);

  it.each(['1.1.1.1', '9.255.255.255', '11.0.0.0', '100.63.255.255', '172.32.0.0', '223.255.255.255'])(
    'has %s',
    (address) => expect(has(address)).toBe(true),
  );

  it.each([
    '0.0.0.1',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '169.254.169.254',
    '172.31.0.1',
    '192.168.0.1',
    '224.0.0.1',
    '255.255.255.255',
  ])('has no %s', (address) => expect(has(address)).toBe(false));
});
