/** An IPv4 range: unsigned 32-bit base address (host bits zero) and prefix length 0-32. */
export interface Cidr {
  base: number;
  prefix: number;
}

/** A mask of `prefix` leading ones. JavaScript shifts by 32 are shifts by 0, hence the case of /0. */
const mask = (prefix: number): number => (prefix === 0 ? 0 : (0xffffffff << (32 - prefix)) >>> 0);

/**
 * Reads an IPv4 address such as `10.0.0.1` as an unsigned 32-bit number.
 * @throws RangeError when it is not one
 */
export function parseAddress(text: string): number {
  const octets = text.split('.').map((part) => (/^\d{1,3}$/.test(part) ? Number(part) : Number.NaN));
  if (octets.length !== 4 || !octets.every((octet) => octet <= 255)) {
    throw new RangeError(`not an IPv4 address: "${text}"`);
  }
  return octets.reduce((number, octet) => number * 256 + octet, 0);
}

/**
 * Reads an IPv4 range such as `10.0.0.0/16`; host bits are cut off.
 * @throws RangeError when it is not one
 */
export function parseCidr(text: string): Cidr {
  const [address = '', length = '', ...rest] = text.split('/');
  const prefix = /^\d{1,2}$/.test(length) ? Number(length) : Number.NaN;
  if (!(prefix <= 32) || rest.length > 0) throw new RangeError(`not an IPv4 range: "${text}"`);
  return { base: (parseAddress(address) & mask(prefix)) >>> 0, prefix };
}

/** A range in the notation it is read from. */
export const formatCidr = ({ base, prefix }: Cidr): string =>
  `${[24, 16, 8, 0].map((shift) => (base >>> shift) & 255).join('.')}/${prefix}`;

export const containsAddress = (range: Cidr, address: number): boolean =>
  (address & mask(range.prefix)) >>> 0 === range.base;

/** Whether every address of `inner` is in `outer`. */
export const containsCidr = (outer: Cidr, inner: Cidr): boolean =>
  inner.prefix >= outer.prefix && containsAddress(outer, inner.base);

/** Whether two ranges share an address. Ranges are aligned, so one must then hold the other. */
export const overlaps = (a: Cidr, b: Cidr): boolean => containsCidr(a, b) || containsCidr(b, a);
