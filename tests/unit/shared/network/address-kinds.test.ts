import { describe, expect, it } from '@jest/globals';
import { isPrivateAddress, isPublicAddress } from '../../../../shared/network/address-kinds.ts';

describe('an address of the public internet', () => {
  it.each([
    '1.1.1.1',
    '9.255.255.255',
    '11.0.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '198.20.0.0',
    '223.255.255.255',
    '2600:9000::1',
    '2a00:1450:4001::5',
    '2001:4860:4860::8888',
  ])('is %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
});

describe('an address that is not', () => {
  it.each([
    ['this network', '0.0.0.0'],
    ['private', '10.1.2.3'],
    ['private', '172.16.0.1'],
    ['private', '172.31.255.255'],
    ['private', '192.168.0.1'],
    ['shared, CGNAT', '100.64.0.1'],
    ['loopback', '127.0.0.1'],
    ['link-local, instance metadata', '169.254.169.254'],
    ['protocol assignments', '192.0.0.8'],
    ['documentation', '192.0.2.1'],
    ['documentation', '198.51.100.1'],
    ['documentation', '203.0.113.1'],
    ['benchmarks', '198.18.0.1'],
    ['6to4 relay', '192.88.99.1'],
    ['multicast', '224.0.0.1'],
    ['reserved', '240.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['unspecified', '::'],
    ['loopback', '::1'],
    ['IPv4-mapped', '::ffff:10.0.0.1'],
    ['IPv4-mapped, even of a public one', '::ffff:1.1.1.1'],
    ['IPv4-compatible', '::127.0.0.1'],
    ['NAT64', '64:ff9b::a00:1'],
    ['discard', '100::1'],
    ['unique local', 'fc00::1'],
    ['unique local, instance metadata', 'fd00:ec2::254'],
    ['link-local', 'fe80::1'],
    ['link-local with a zone', 'fe80::1%eth0'],
    ['site-local', 'fec0::1'],
    ['multicast', 'ff02::1'],
    ['Teredo', '2001::1'],
    ['6to4', '2002:a00:1::'],
    ['documentation', '2001:db8::1'],
    ['documentation', '3fff::1'],
    ['no address', 'localhost'],
    ['no address', '010.0.0.1'],
    ['no address', ''],
  ])('is, as %s, %s', (_kind, address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe('an address of a private network', () => {
  it.each([
    '10.0.0.0',
    '10.255.255.255',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.0.1',
    '192.168.255.255',
    'fc00::1',
    'fdff:ffff::1',
  ])('is %s', (address) => {
    expect(isPrivateAddress(address)).toBe(true);
  });

  it.each([
    ['public', '9.255.255.255'],
    ['public', '11.0.0.0'],
    ['public', '172.15.255.255'],
    ['public', '172.32.0.0'],
    ['public', '192.169.0.0'],
    ['shared, CGNAT', '100.64.0.1'],
    ['loopback', '127.0.0.1'],
    ['link-local', '169.254.169.254'],
    ['link-local', 'fe80::1'],
    ['public', '2600:9000::1'],
    ['no address', 'sts.us-east-1.amazonaws.com'],
    ['no address', ''],
  ])('is not one that is %s: %s', (_, address) => {
    expect(isPrivateAddress(address)).toBe(false);
  });
});
