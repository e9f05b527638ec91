import { Resolver } from 'node:dns/promises';
import { once } from 'node:events';
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';

/** What a server's certificate says. */
export interface ShownCertificate {
  /** Why it cannot be verified: a code of Node's. Absent when it leads to a CA that Node trusts and names the host. */
  problem?: string;
  /** Who signed it, by its own word. */
  issuer: string;
}

/** An open TCP connection. */
export interface Connection {
  /** Does the TLS handshake for a host, whoever signed its certificate. */
  handshake(host: string, signal: AbortSignal): Promise<ShownCertificate>;
  /** Ends the connection at once, whatever it is doing. */
  close(): void;
}

/**
 * What one probe does to the network. Each call ends when its signal does and leaves nothing open then; it rejects
 * with an error that has a `code` when the network does not give what was asked for.
 */
export interface ProbeNetwork {
  /** The IPv4 addresses of a host, at least one. */
  resolve(host: string, signal: AbortSignal): Promise<string[]>;
  connect(address: string, port: number, signal: AbortSignal): Promise<Connection>;
}

/** What differs from the real network in tests. */
interface ProbeSettings {
  /** DNS servers, `address:port`, in place of those of the system. */
  servers?: string[];
  /** Trusted CAs in place of Node's own. */
  ca?: string[];
}

/** c-ares asks again after 0.5 and another 1 s: a datagram may be lost twice before the look-up is given up. */
const queries = { timeout: 500, tries: 3 };

/**
 * Asks the system's DNS servers itself. `dns.lookup` would ask them the same, but four names at a time, and the
 * thread of one that gets no answer can neither be stopped nor used for the SDK's own look-ups:
 * https://nodejs.org/api/dns.html#implementation-considerations
 */
async function resolve(host: string, signal: AbortSignal, servers?: string[]): Promise<string[]> {
  const resolver = new Resolver(queries);
  if (servers) resolver.setServers(servers);
  const cancel = () => resolver.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    return await resolver.resolve4(host);
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

function shownBy(socket: TLSSocket): ShownCertificate {
  const { issuer } = socket.getPeerCertificate();
  return {
    // Its type says Error; it is the code of one: https://nodejs.org/api/tls.html#x509-certificate-error-codes
    ...(!socket.authorized && { problem: String(socket.authorizationError) }),
    issuer: String(issuer?.CN ?? issuer?.O ?? 'a nameless CA'),
  };
}

/** An error after its wait has ended must not end the process. */
const ignore = () => {};

const connectionOf = (socket: Socket, ca?: string[]): Connection => ({
  handshake: async (host, signal) => {
    const secured = connectTls({ socket, servername: host, rejectUnauthorized: false, ca });
    secured.on('error', ignore);
    try {
      await once(secured, 'secureConnect', { signal });
      return shownBy(secured);
    } finally {
      secured.destroy();
    }
  },
  close: () => socket.destroy(),
});

async function connect(address: string, port: number, signal: AbortSignal): Promise<Socket> {
  const socket = connectTcp({ host: address, port });
  socket.on('error', ignore);
  try {
    await once(socket, 'connect', { signal });
    return socket;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

/** The network as the function has it. */
export const probeNetwork = ({ servers, ca }: ProbeSettings = {}): ProbeNetwork => ({
  resolve: (host, signal) => resolve(host, signal, servers),
  connect: async (address, port, signal) => connectionOf(await connect(address, port, signal), ca),
});
