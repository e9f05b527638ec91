import { lookup as resolve } from 'node:dns/promises';
import { isIP } from 'node:net';
import { isPublicAddress } from '../../shared/network/address-kinds.ts';

/** Where to connect to: the address, and the name that the server must show a certificate for. */
export interface Endpoint {
  host: string;
  address: string;
  port: number;
}

/** Why no thumbprint could be computed, as the end of a sentence. */
export class NotComputed extends Error {
  override readonly name = 'NotComputed';
}

/**
 * The host of an address this function may connect to. Whoever wrote it must not be able to point the function at
 * something else than the web server of a named host.
 * @throws NotComputed when the address has user info, another port, another scheme or no name
 */
export function hostOf(address: string, what: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol !== 'https:') throw new NotComputed(`${what} is not an https address`);
  if (url.username || url.password || url.port) {
    throw new NotComputed(`${what} has user info or a port other than 443`);
  }
  // An IPv6 address stands in brackets; IPv4 addresses in odd notations are in the usual one by now.
  if (url.hostname.startsWith('[') || isIP(url.hostname)) {
    throw new NotComputed(`${what} has an IP address where a host name belongs`);
  }
  return url.hostname;
}

/** Finds the addresses of a host, as `dns.lookup` does with `all`. */
type Lookup = (host: string, options: { all: true; order: 'ipv4first' }) => Promise<{ address: string }[]>;

/**
 * Looks a host up, once: the connection is made to the very address that was found fit, so a name server that
 * gives another answer the next time gains nothing.
 * @throws NotComputed when none of its addresses is public
 */
export async function locatePublicHost(host: string, lookup: Lookup = resolve): Promise<Endpoint> {
  const found = await lookup(host, { all: true, order: 'ipv4first' });
  const address = found.map((one) => one.address).find(isPublicAddress);
  if (!address) throw new NotComputed(`${host} has no public address`);
  return { host, address, port: 443 };
}
