import { describe, expect, it } from '@jest/globals';
import { dependencies } from '../../../../functions/oidc-provisioner/dependencies.ts';
import { hostOf, locatePublicHost } from '../../../../functions/oidc-provisioner/issuer-host.ts';

describe('the host of an address', () => {
  it.each([
    ['https://oidc.example.com/a', 'oidc.example.com'],
    ['https://OIDC.Example.com', 'oidc.example.com'],
    ['https://oidc.example.com:443/keys?version=1', 'oidc.example.com'],
  ])('of %s is %s', (address, host) => {
    expect(hostOf(address, 'the issuer')).toBe(host);
  });

  it.each([
    ['http://oidc.example.com', 'not an https address'],
    ['file:///etc/passwd', 'not an https address'],
    ['oidc.example.com', 'not an https address'],
    ['', 'not an https address'],
    ['https://me@oidc.example.com', 'user info'],
    ['https://me:secret@oidc.example.com', 'user info'],
    ['https://oidc.example.com:8443', 'port other than 443'],
    ['https://oidc.example.com:22', 'port other than 443'],
    ['https://10.0.0.1/a', 'an IP address'],
    ['https://1.1.1.1', 'an IP address'],
    ['https://2130706433', 'an IP address'],
    ['https://0x7f.1', 'an IP address'],
    ['https://[::1]/a', 'an IP address'],
    ['https://[::ffff:127.0.0.1]', 'an IP address'],
  ])('of %s is refused: %s', (address, why) => {
    expect(() => hostOf(address, 'the issuer')).toThrow(`the issuer`);
    expect(() => hostOf(address, 'the issuer')).toThrow(why);
  });
});

describe('looking a host up', () => {
  /** Names as a name server knows them, and how often it was asked. */
  const names = (...addresses: string[]) => {
    const asked: string[] = [];
    const lookup = async (host: string) => {
      asked.push(host);
      return addresses.map((address) => ({ address }));
    };
    return { lookup, asked };
  };

  it('asks once and gives the address to connect to', async () => {
    const { lookup, asked } = names('1.1.1.1', '2600:9000::1');
    const endpoint = await locatePublicHost('oidc.example.com', lookup);
    expect(endpoint).toEqual({ host: 'oidc.example.com', address: '1.1.1.1', port: 443 });
    expect(asked).toEqual(['oidc.example.com']);
  });

  it('passes over an address that is not public', async () => {
    const { lookup } = names('10.0.0.1', '2600:9000::1');
    expect((await locatePublicHost('oidc.example.com', lookup)).address).toBe('2600:9000::1');
  });

  it.each([[[]], [['10.0.0.1']], [['127.0.0.1', '::1']], [['169.254.169.254']], [['::ffff:10.0.0.1']]])(
    'refuses %j',
    async (addresses) => {
      const { lookup } = names(...addresses);
      await expect(locatePublicHost('oidc.example.com', lookup)).rejects.toThrow(
        'oidc.example.com has no public address',
      );
    },
  );
});

describe('the thumbprints of the real internet', () => {
  const { thumbprints } = dependencies((client) => client);

  it.each([
    ['https://localhost/cluster', 'localhost has no public address'],
    ['https://127.0.0.1/cluster', 'the issuer has an IP address where a host name belongs'],
  ])('are not sought on this machine: %s', async (issuer, reason) => {
    expect(await thumbprints(issuer, 60_000)).toEqual({ thumbprints: [], trusted: false, reason });
  });
});
