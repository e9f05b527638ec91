import { describe, expect, it } from '@jest/globals';
import {
  dhcpDnsServers,
  dhcpDomainName,
  dhcpNtp,
} from '../../../../../functions/network-verifier/checks/dhcp-options.ts';
import { dhcp, dhcpOptionsId, verifyIn, vpc } from '../../../../support/fakes/network.ts';

const withoutSet = { vpc: vpc({ DhcpOptionsId: 'default' }) };

describe.each([dhcpDomainName, dhcpDnsServers, dhcpNtp])('$name', (check) => {
  it('is not determined when AWS does not show the set', async () => {
    expect(await verifyIn(check, { dhcpOptions: undefined })).toMatchObject([
      { status: 'warning', details: { reason_code: 'value_absent' } },
    ]);
  });
});

describe('dhcp_domain_name', () => {
  it.each([
    ['passed', ['ec2.internal']],
    ['failed', ['Example.com']],
    ['failed', ['one.example.com two.example.com']],
    ['warning', []],
  ])('is %s for %j', async (status, names) => {
    const results = await verifyIn(dhcpDomainName, { dhcpOptions: dhcp({ 'domain-name': names }) });
    expect(results).toMatchObject([{ status, resourceId: dhcpOptionsId }]);
  });

  it('passes a VPC without a set', async () => {
    expect(await verifyIn(dhcpDomainName, withoutSet)).toMatchObject([{ status: 'passed' }]);
  });
});

describe('dhcp_dns_servers', () => {
  it.each([
    ['passed', ['AmazonProvidedDNS']],
    ['warning', ['10.0.0.9']],
    ['warning', ['AmazonProvidedDNS', '10.0.0.9']],
    ['warning', []],
  ])('is %s for %j', async (status, servers) => {
    const results = await verifyIn(dhcpDnsServers, { dhcpOptions: dhcp({ 'domain-name-servers': servers }) });
    expect(results).toMatchObject([{ status, details: { domain_name_servers: servers } }]);
  });

  it('warns about a VPC without a set', async () => {
    expect(await verifyIn(dhcpDnsServers, withoutSet)).toMatchObject([{ status: 'warning' }]);
  });
});

describe('dhcp_ntp', () => {
  it.each([
    ['passed', []],
    ['warning', ['10.0.0.9']],
  ])('is %s for %j', async (status, servers) => {
    const results = await verifyIn(dhcpNtp, { dhcpOptions: dhcp({ 'ntp-servers': servers }) });
    expect(results).toMatchObject([{ status }]);
  });
});
