import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { TestCertificate } from './certificates.ts';

/** A server on this machine that keeps an eye on its connections. */
export interface WatchedServer {
  port: number;
  /** Resolves once it has been connected to and none of the connections is open any more. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

async function watched(server: Server): Promise<WatchedServer> {
  const sockets = new Set<Socket>();
  let hasServed = false;
  let tellIdle = () => {};
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => {
      sockets.delete(socket);
      hasServed = true;
      if (sockets.size === 0) tellIdle();
    });
    // Nobody learns of an end that is not read.
    socket.resume();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    idle: () =>
      new Promise((resolve) => {
        if (hasServed && sockets.size === 0) resolve();
        else tellIdle = resolve;
      }),
    stop: async () => {
      const ended = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await ended;
    },
  };
}

/** Shows these certificates, the server's own first, to whoever asks for whatever host. */
export function startTlsServer(chain: TestCertificate[]): Promise<WatchedServer> {
  const key = chain[0]?.key.export({ type: 'pkcs8', format: 'pem' });
  const server = createTlsServer({ key, cert: chain.map(({ pem }) => pem).join('') });
  server.on('tlsClientError', () => {});
  return watched(server);
}

/** Takes connections and does with them what it is told to: by default nothing. */
export function startTcpServer(treat: (socket: Socket) => void = () => {}): Promise<WatchedServer> {
  return watched(createServer({ allowHalfOpen: false }, treat));
}
