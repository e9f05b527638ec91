import { describe, expect, it } from '@jest/globals';
import {
  type Probed,
  probeHost,
  stageLimits,
} from '../../../../../functions/network-verifier/probe/probe-host.ts';
import { fakeProbeNetwork, never, refuse } from '../../../../support/fakes/probe-network.ts';

const target = { host: 'sts.us-east-1.amazonaws.com', port: 443, mustBePrivate: false };
const shortly = { dns: 20, tcp: 20, tls: 20 };

const probe = (
  { network }: ReturnType<typeof fakeProbeNetwork>,
  { end = new AbortController().signal, limits = stageLimits, mustBePrivate = false } = {},
): Promise<Probed> => probeHost(network, { ...target, mustBePrivate }, end, limits);

describe('a host that answers', () => {
  it('comes to the end of the last stage, with the time each has taken', async () => {
    const fake = fakeProbeNetwork();
    const probed = await probe(fake);
    expect(probed).toEqual({
      stage: 'tls',
      addresses: ['10.0.0.10'],
      ms: { dns: expect.any(Number), tcp: expect.any(Number), tls: expect.any(Number) },
    });
    expect(fake.asked).toEqual({ hosts: [target.host], addresses: ['10.0.0.10'], open: 0 });
  });
});

describe('a stage that fails', () => {
  it.each([
    ['dns', 'ENOTFOUND', { resolve: refuse('ENOTFOUND') }],
    ['tcp', 'ECONNREFUSED', { connect: refuse('ECONNREFUSED') }],
    ['tls', 'ECONNRESET', { handshake: refuse('ECONNRESET') }],
  ])('%s is told with its code, %s, and nothing stays open', async (stage, problem, differences) => {
    const fake = fakeProbeNetwork(differences);
    expect(await probe(fake)).toMatchObject({ stage, problem });
    expect(fake.asked.open).toBe(0);
  });

  it.each([
    ['dns', { resolve: never }],
    ['tcp', { connect: never }],
    ['tls', { handshake: never }],
  ])('%s is given up after its own time', async (stage, differences) => {
    const fake = fakeProbeNetwork(differences);
    expect(await probe(fake, { limits: shortly })).toMatchObject({ stage, problem: 'NO_ANSWER' });
    expect(fake.asked.open).toBe(0);
  });

  it.each([
    ['dns', { resolve: never }],
    ['tcp', { connect: never }],
    ['tls', { handshake: never }],
  ])('%s is given up when the time of all is over', async (stage, differences) => {
    const fake = fakeProbeNetwork(differences);
    const end = AbortSignal.timeout(20);
    expect(await probe(fake, { end })).toMatchObject({ stage, problem: 'OUT_OF_TIME' });
    expect(fake.asked.open).toBe(0);
  });

  it('is no excuse for a fault of the code', async () => {
    const broken = fakeProbeNetwork({ resolve: () => Promise.reject(new TypeError('host is no text')) });
    await expect(probe(broken)).rejects.toThrow('host is no text');
  });

  it('does not begin when there is no time at all', async () => {
    const fake = fakeProbeNetwork();
    const probed = await probe(fake, { end: AbortSignal.abort() });
    expect(probed).toMatchObject({ stage: 'dns', problem: 'OUT_OF_TIME' });
    expect(fake.asked.hosts).toEqual([]);
  });
});

describe('a certificate that cannot be verified', () => {
  it('is told with who signed it', async () => {
    const shown = { problem: 'SELF_SIGNED_CERT_IN_CHAIN', issuer: 'Example Corp inspection' };
    const fake = fakeProbeNetwork({ handshake: async () => shown });
    expect(await probe(fake)).toMatchObject({ stage: 'tls', ...shown });
    expect(fake.asked.open).toBe(0);
  });
});

describe('a host with several addresses', () => {
  const five = [1, 2, 3, 4, 5].map((number) => `10.0.0.${number}`);
  const only = (...working: string[]) => {
    const connect = async (address: string) => {
      if (!working.includes(address)) await refuse('ECONNREFUSED')();
    };
    return fakeProbeNetwork({ resolve: async () => five, connect });
  };

  it('answers when one of the first three does, and no other is tried then', async () => {
    const fake = only('10.0.0.2', '10.0.0.3');
    const probed = await probe(fake);
    expect(probed.problem).toBeUndefined();
    expect(probed.addresses).toEqual(five);
    expect(fake.asked.addresses).toEqual(['10.0.0.1', '10.0.0.2']);
  });

  it('is given up after three', async () => {
    const fake = only('10.0.0.4');
    expect(await probe(fake)).toMatchObject({ stage: 'tcp', problem: 'ECONNREFUSED' });
    expect(fake.asked.addresses).toEqual(five.slice(0, 3));
  });

  it('gives each address its own time', async () => {
    const connect = (address: string) => (address === '10.0.0.3' ? Promise.resolve() : never());
    const fake = fakeProbeNetwork({ resolve: async () => five, connect });
    expect((await probe(fake, { limits: shortly })).problem).toBeUndefined();
  });
});

describe('a host that must have private addresses', () => {
  it.each([[['10.1.2.3']], [['172.31.0.4', '192.168.1.1']]])('is connected to at %j', async (addresses) => {
    const fake = fakeProbeNetwork({ resolve: async () => addresses });
    expect((await probe(fake, { mustBePrivate: true })).problem).toBeUndefined();
  });

  it.each([[['1.1.1.1']], [['10.1.2.3', '1.1.1.1']], [['127.0.0.1']]])('is not at %j', async (addresses) => {
    const fake = fakeProbeNetwork({ resolve: async () => addresses });
    expect(await probe(fake, { mustBePrivate: true })).toMatchObject({
      stage: 'dns',
      problem: 'PUBLIC_ADDRESS',
      addresses,
    });
    expect(fake.asked.addresses).toEqual([]);
  });
});
