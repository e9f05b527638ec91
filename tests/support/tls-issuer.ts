import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { createSecureContext } from 'node:tls';
import type { Internet } from '../../functions/oidc-provisioner/issuer-thumbprints.ts';
import type { TestCertificate } from './certificates.ts';

export interface TlsIssuer {
  /** An internet in which every host is this server, and `ca` the only CA. */
  internet(ca: TestCertificate): Internet & { located: string[] };
  stop(): Promise<void>;
}

const contextOf = (chain: TestCertificate[]) =>
  createSecureContext({
    key: chain[0]?.key.export({ type: 'pkcs8', format: 'pem' }),
    cert: chain.map(({ pem }) => pem).join(''),
  });

/**
 * A web server on this machine that goes by several host names.
 * @param chains the certificates sent to whoever asks for a host, the host's own first
 * @param listener answers requests; unless given, with a discovery document that has the keys at the same host
 */
export async function startTlsIssuer(
  chains: Record<string, TestCertificate[]>,
  listener: RequestListener = answerWith(discoveryDocument()),
): Promise<TlsIssuer> {
  const server = createServer(
    { SNICallback: (host, done) => done(null, contextOf(chains[host] ?? [])) },
    listener,
  );
  const sockets = new Set<Duplex>();
  server.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    internet: (ca) => {
      const located: string[] = [];
      const locate = async (host: string) => {
        located.push(host);
        return { host, address: '127.0.0.1', port };
      };
      return { locate, located, ca: [ca.pem] };
    },
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** The discovery document of issuer.example.com/cluster. */
export const discoveryDocument = (differences: object = {}): string =>
  JSON.stringify({
    issuer: 'https://issuer.example.com/cluster',
    jwks_uri: 'https://issuer.example.com/cluster/keys.json',
    ...differences,
  });

/** Answers with a body at the well-known path, and with 404 anywhere else. */
export const answerWith =
  (body: string, status = 200, headers: Record<string, string> = {}): RequestListener =>
  (request, response) => {
    const known =
      request.url === '/cluster/.well-known/openid-configuration' &&
      request.headers.host === 'issuer.example.com';
    response.writeHead(known ? status : 404, headers).end(body);
  };
