import { type RequestListener, setGlobalProxyFromEnv } from 'node:http';
import { connect } from 'node:tls';
import { afterEach, describe, expect, it } from '@jest/globals';
import { NotComputed } from '../../../../functions/oidc-provisioner/issuer-host.ts';
import {
  type Internet,
  issuerThumbprints,
} from '../../../../functions/oidc-provisioner/issuer-thumbprints.ts';
import { certificate, type TestCertificate } from '../../../support/certificates.ts';
import {
  answerWith,
  discoveryDocument,
  startTlsIssuer,
  type TlsIssuer,
} from '../../../support/tls-issuer.ts';

const issuer = 'https://issuer.example.com/cluster';
const root = certificate('Public root', 'ca');
const intermediate = certificate('Public intermediate', 'ca', root);
const server = certificate('issuer.example.com', 'server', intermediate);
const privateRoot = certificate('Private root', 'ca');
const privateIntermediate = certificate('Private intermediate', 'ca', privateRoot);
const keysServer = certificate('keys.example.com', 'server', privateIntermediate);
const publicKeysServer = certificate('keys.example.com', 'server', intermediate);
const keysElsewhere = answerWith(discoveryDocument({ jwks_uri: 'https://keys.example.com/keys.json' }));

let running: TlsIssuer | undefined;
afterEach(() => running?.stop());

/** An internet of one server that sends these certificates, in which `ca` is trusted. */
async function internetOf(
  chains: Record<string, TestCertificate[]>,
  listener?: RequestListener,
  ca: TestCertificate = root,
) {
  running = await startTlsIssuer(chains, listener);
  return running.internet(ca);
}

const compute = (internet: Internet, remainingMs = 60_000) =>
  issuerThumbprints(internet, issuer, remainingMs);

describe('the thumbprint of an issuer', () => {
  it.each([
    ['leaf and intermediate', [server, intermediate], intermediate],
    ['leaf, intermediate and root', [server, intermediate, root], intermediate],
    ['leaf', [server], server],
  ])('is, of a server that sends %s, that of the last not self-signed', async (_, chain, expected) => {
    // The intermediate is trusted as well: Node's own chain would go on to it from a leaf sent alone.
    const internet = await internetOf({ 'issuer.example.com': chain });
    const ca = [root.pem, intermediate.pem];
    const computed = await compute({ ...internet, ca });
    expect(computed).toEqual({ thumbprints: [expected.thumbprint], trusted: true });
    expect(internet.located).toEqual(['issuer.example.com']);
  });

  it('is not what the chain of getPeerCertificate ends in', async () => {
    const { locate, ca } = await internetOf({ 'issuer.example.com': [server, intermediate] });
    const { address, port } = await locate('issuer.example.com');
    const socket = connect({ host: address, port, servername: 'issuer.example.com', ca });
    await new Promise((resolve) => socket.once('secureConnect', resolve));
    let top = socket.getPeerCertificate(true);
    while (top.issuerCertificate !== top) top = top.issuerCertificate;
    socket.destroy();
    expect(top.fingerprint.replaceAll(':', '').toLowerCase()).toBe(root.thumbprint);
    expect((await compute({ locate, ca })).thumbprints).toEqual([intermediate.thumbprint]);
  });

  it('comes with that of the host of the keys in front when that is another one', async () => {
    const chains = {
      'issuer.example.com': [server, intermediate],
      'keys.example.com': [keysServer, privateIntermediate, privateRoot],
    };
    const internet = await internetOf(chains, keysElsewhere);
    expect(await compute(internet)).toEqual({
      thumbprints: [privateIntermediate.thumbprint, intermediate.thumbprint],
      trusted: false,
    });
    expect(internet.located).toEqual(['issuer.example.com', 'keys.example.com']);
  });

  it('is given once when both hosts have it', async () => {
    const chains = {
      'issuer.example.com': [server, intermediate],
      'keys.example.com': [publicKeysServer, intermediate],
    };
    const computed = await compute(await internetOf(chains, keysElsewhere));
    expect(computed).toEqual({ thumbprints: [intermediate.thumbprint], trusted: true });
  });

  it('is, of keys behind a lone self-signed certificate, the one of that', async () => {
    const alone = certificate('keys.example.com', 'server');
    const chains = { 'issuer.example.com': [server, intermediate], 'keys.example.com': [alone] };
    const { thumbprints, trusted } = await compute(await internetOf(chains, keysElsewhere));
    expect(thumbprints).toEqual([alone.thumbprint, intermediate.thumbprint]);
    expect(trusted).toBe(false);
  });

  it('takes no notice of a proxy', async () => {
    const internet = await internetOf({ 'issuer.example.com': [server, intermediate] });
    // What NODE_USE_ENV_PROXY does for a whole process; nobody listens at that port.
    const withoutProxy = setGlobalProxyFromEnv({ https_proxy: 'http://127.0.0.1:9' });
    try {
      expect((await compute(internet)).thumbprints).toEqual([intermediate.thumbprint]);
    } finally {
      withoutProxy();
    }
  });
});

describe('an issuer whose word does not count', () => {
  it.each([
    ['by a private CA', [keysServer, privateIntermediate]],
    ['for another host', [publicKeysServer, intermediate]],
  ])('has a certificate signed %s', async (_, chain) => {
    const { thumbprints, reason } = await compute(await internetOf({ 'issuer.example.com': chain }));
    expect(thumbprints).toEqual([]);
    expect(reason).toContain('the certificate of issuer.example.com cannot be verified');
  });

  const elsewhere = (jwks_uri: unknown) => answerWith(discoveryDocument({ jwks_uri }));
  it.each<[string, RequestListener, string]>([
    ['nothing', answerWith('', 404), 'issuer.example.com answered 404'],
    ['a redirect', answerWith('', 302, { location: 'https://evil.example.com' }), 'answered 302'],
    ['no JSON', answerWith('<html>'), 'is not JSON'],
    ['JSON that is no object', answerWith('null'), 'names another issuer'],
    ['too much', answerWith('x'.repeat(64 * 1024 + 1)), 'more than 65536 bytes'],
    [
      'another issuer',
      answerWith(discoveryDocument({ issuer: 'https://evil.example.com' })),
      'another issuer',
    ],
    ['no jwks_uri', elsewhere(undefined), 'has no jwks_uri'],
    ['a jwks_uri of another kind', elsewhere(['https://keys.example.com']), 'has no jwks_uri'],
    ['keys over http', elsewhere('http://keys.example.com'), 'jwks_uri is not an https address'],
    ['keys at a port', elsewhere('https://keys.example.com:22'), 'jwks_uri has user info or a port'],
    ['keys behind user info', elsewhere('https://a@keys.example.com'), 'jwks_uri has user info'],
    ['keys at an address', elsewhere('https://169.254.169.254/keys'), 'jwks_uri has an IP address'],
  ])('answers with %s', async (_, listener, reason) => {
    const internet = await internetOf({ 'issuer.example.com': [server, intermediate] }, listener);
    const computed = await compute(internet);
    expect(computed.thumbprints).toEqual([]);
    expect(computed.reason).toContain(reason);
    expect(internet.located).toEqual(['issuer.example.com']);
  });
});

describe('an issuer that cannot be read', () => {
  const refusedHost = (refused: string, internet: Internet): Internet => ({
    ...internet,
    locate: async (host) => {
      if (host === refused) throw new NotComputed(`${host} has no public address`);
      return internet.locate(host);
    },
  });

  it.each(['issuer.example.com', 'keys.example.com'])('has at %s a private address', async (host) => {
    const internet = await internetOf({ 'issuer.example.com': [server, intermediate] }, keysElsewhere);
    const { thumbprints, reason } = await compute(refusedHost(host, internet));
    expect({ thumbprints, reason }).toEqual({ thumbprints: [], reason: `${host} has no public address` });
  });

  it.each([
    ['does not resolve', Object.assign(new Error('not found'), { code: 'ENOTFOUND' }), 'ENOTFOUND'],
    ['fails in an unknown way', new Error('what?'), 'no code'],
  ])('%s', async (_, error, code) => {
    const { reason } = await compute({ locate: () => Promise.reject(error) });
    expect(reason).toBe(`issuer.example.com cannot be read from where the function runs (${code})`);
  });

  it('does not listen', async () => {
    const internet = await internetOf({});
    await running?.stop();
    expect((await compute(internet)).reason).toContain('(ECONNREFUSED)');
  });

  it('speaks no TLS for that name', async () => {
    const internet = await internetOf({});
    expect((await compute(internet)).reason).toContain('issuer.example.com cannot be read');
  });

  // 200 ms remain beside what is kept for IAM.
  it.each<[string, RequestListener]>([
    ['never answers', () => {}],
    ['stops in the middle', (_, response) => void response.writeHead(200).write('{')],
  ])('%s', async (_, listener) => {
    const internet = await internetOf({ 'issuer.example.com': [server, intermediate] }, listener);
    const { thumbprints, reason } = await compute(internet, 15_200);
    expect(thumbprints).toEqual([]);
    expect(reason).toBe('issuer.example.com did not answer in time from where the function runs');
  });

  it('has a name server that never answers', async () => {
    const { reason } = await compute({ locate: () => new Promise(() => {}) }, 15_200);
    expect(reason).toContain('did not answer in time');
  });

  it('is asked too late', async () => {
    const { reason } = await compute({ locate: () => Promise.reject(new Error('asked')) }, 15_000);
    expect(reason).toBe('too little time was left for it');
  });
});
