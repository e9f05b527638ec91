import { BlockList, isIP } from 'node:net';

/**
 * IPv4 ranges that lead to no host of the public internet: private, loopback, link-local (where instance metadata
 * is), shared (CGNAT), documentation, benchmarks, multicast and reserved ones.
 * https://www.iana.org/assignments/iana-ipv4-special-registry/
 */
const specialIpv4: [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
];

/**
 * Parts of the global unicast range that are not for hosts, or that carry an IPv4 address within: protocol
 * assignments with Teredo, documentation, 6to4. https://www.iana.org/assignments/iana-ipv6-special-registry/
 */
const specialIpv6: [string, number][] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

/** RFC 1918: https://www.rfc-editor.org/rfc/rfc1918#section-3 */
const privateIpv4: [string, number][] = [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
];

/** Unique local addresses: https://www.rfc-editor.org/rfc/rfc4193#section-3.1 */
const privateIpv6: [string, number][] = [['fc00::', 7]];

function ranges(list: [string, number][], family: 'ipv4' | 'ipv6'): BlockList {
  const blocks = new BlockList();
  for (const [base, prefix] of list) blocks.addSubnet(base, prefix, family);
  return blocks;
}

const notPublicIpv4 = ranges(specialIpv4, 'ipv4');
const notPublicIpv6 = ranges(specialIpv6, 'ipv6');

const onlyPrivateIpv4 = ranges(privateIpv4, 'ipv4');
const onlyPrivateIpv6 = ranges(privateIpv6, 'ipv6');

/**
 * Every address handed out for hosts of the internet: https://www.iana.org/assignments/ipv6-unicast-address-assignments/.
 * Loopback, unique local, link-local, multicast, IPv4-mapped and NAT64 addresses are all outside of it.
 */
const globalUnicast = ranges([['2000::', 3]], 'ipv6');

/** Whether a text is the address, IPv4 or IPv6, of a host of the public internet. */
export function isPublicAddress(text: string): boolean {
  const family = isIP(text);
  if (family === 4) return !notPublicIpv4.check(text, 'ipv4');
  return family === 6 && globalUnicast.check(text, 'ipv6') && !notPublicIpv6.check(text, 'ipv6');
}

/** Whether a text is an address, IPv4 or IPv6, that is kept for private networks. */
export function isPrivateAddress(text: string): boolean {
  const family = isIP(text);
  if (family === 4) return onlyPrivateIpv4.check(text, 'ipv4');
  return family === 6 && onlyPrivateIpv6.check(text, 'ipv6');
}
