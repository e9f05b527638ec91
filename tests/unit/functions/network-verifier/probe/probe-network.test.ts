import { afterEach, describe, expect, it } from '@jest/globals';
import { probeHost } from '../../../../../functions/network-verifier/probe/probe-host.ts';
import { probeNetwork } from '../../../../../functions/network-verifier/probe/probe-network.ts';
import { certificate } from '../../../../support/certificates.ts';
import { type DnsServer, startDnsServer } from '../../../../support/dns-server.ts';
import { startTcpServer, startTlsServer, type WatchedServer } from '../../../../support/tls-server.ts';

const root = certificate('Public root', 'ca');
const server = certificate('sts.example.com', 'server', root);
const otherServer = certificate('blocked.example.com', 'server', root);
const proxyRoot = certificate('Example Corp inspection', 'ca');
const intercepted = certificate('sts.example.com', 'server', proxyRoot);

const host = 'sts.example.com';
const forLong = () => AbortSignal.timeout(30_000);

let running: WatchedServer | undefined;
let dns: DnsServer | undefined;
afterEach(async () => {
  dns?.stop();
  await running?.stop();
  dns = undefined;
  running = undefined;
});

describe('resolving a host', () => {
  const names = { [host]: ['10.0.1.10', '10.0.2.10'], 'silent.example.com': [] };
  const asking = async () => {
    dns = await startDnsServer(names);
    return { dns, network: probeNetwork({ servers: [dns.address] }) };
  };

  it('gives all its IPv4 addresses', async () => {
    const { network } = await asking();
    expect(await network.resolve(host, forLong())).toEqual(['10.0.1.10', '10.0.2.10']);
  });

  it('says of a name that does not exist that it is not found', async () => {
    const { network } = await asking();
    await expect(network.resolve('none.example.com', forLong())).rejects.toMatchObject({ code: 'ENOTFOUND' });
  });

  it('ends with its signal where nobody answers', async () => {
    const { network, dns } = await asking();
    const end = new AbortController();
    const resolving = network.resolve('silent.example.com', end.signal);
    // The look-up is under way once the server was asked.
    while (dns.queries() === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    end.abort();
    await expect(resolving).rejects.toMatchObject({ code: 'ECANCELLED' });
  });
});

describe('connecting', () => {
  it('opens a connection, which closing ends', async () => {
    running = await startTcpServer();
    const connection = await probeNetwork().connect('127.0.0.1', running.port, forLong());
    connection.close();
    await running.idle();
  });

  it('is refused where nobody listens', async () => {
    running = await startTcpServer();
    const { port } = running;
    await running.stop();
    running = undefined;
    const connecting = probeNetwork().connect('127.0.0.1', port, forLong());
    await expect(connecting).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('leaves nothing open when its signal has ended it', async () => {
    running = await startTcpServer();
    const connecting = probeNetwork().connect('127.0.0.1', running.port, AbortSignal.abort());
    await expect(connecting).rejects.toThrow();
    // What was left open would be older than this one and keep the server busy.
    (await probeNetwork().connect('127.0.0.1', running.port, forLong())).close();
    await running.idle();
  });
});

describe('a TLS handshake', () => {
  const shown = async () => {
    const { port = 0 } = running ?? {};
    const connection = await probeNetwork({ ca: [root.pem] }).connect('127.0.0.1', port, forLong());
    return connection.handshake(host, forLong()).finally(() => connection.close());
  };

  it('tells who signed a certificate that can be verified', async () => {
    running = await startTlsServer([server, root]);
    expect(await shown()).toEqual({ issuer: 'Public root' });
  });

  it.each([
    ['of a CA that is not trusted', intercepted, 'Example Corp inspection', /VERIFY|SELF_SIGNED|ISSUER/],
    ['for another host', otherServer, 'Public root', /ERR_TLS_CERT_ALTNAME_INVALID/],
  ])('tells who signed a certificate %s, and why it cannot be verified', async (_, leaf, issuer, problem) => {
    running = await startTlsServer([leaf]);
    expect(await shown()).toEqual({ issuer, problem: expect.stringMatching(problem) });
  });

  it.each([
    ['hangs up', (socket: { end(): void }) => socket.end(), 'ECONNRESET'],
    [
      'speaks another protocol',
      (socket: { write(text: string): void }) => socket.write('220 smtp.example.com\r\n'),
      'ERR_SSL_',
    ],
  ])('fails with a code where the server %s', async (_, treat, code) => {
    running = await startTcpServer(treat);
    await expect(shown()).rejects.toMatchObject({ code: expect.stringContaining(code) });
  });

  it('leaves nothing open, having been done', async () => {
    running = await startTlsServer([server, root]);
    await shown();
    await running.idle();
  });
});

describe('a host that takes connections and never speaks TLS', () => {
  it('is given up when the invocation ends, and let go', async () => {
    const end = new AbortController();
    // The handshake is under way once its first message has come.
    running = await startTcpServer((socket) => void socket.once('data', () => end.abort()));
    const network = { ...probeNetwork(), resolve: async () => ['127.0.0.1'] };
    const target = { host, port: running.port, mustBePrivate: false };
    const probed = await probeHost(network, target, end.signal);
    expect(probed).toMatchObject({ stage: 'tls', problem: 'OUT_OF_TIME' });
    await running.idle();
  });
});
