import type { Subnet } from '@aws-sdk/client-ec2';
import { describe, expect, it } from '@jest/globals';
import {
  subnetDns64,
  subnetIpv6Only,
  subnetOwner,
  subnetPublicIpAutoAssign,
  subnetTagCapacity,
} from '../../../../../functions/network-verifier/checks/subnet-settings.ts';
import {
  subnetAzEndpointService,
  subnetAzType,
} from '../../../../../functions/network-verifier/checks/subnet-zone-kinds.ts';
import type { NetworkCheck } from '../../../../../functions/network-verifier/network-facts.ts';
import { privateSubnet, privateSubnetId, publicSubnet, verifyIn } from '../../../../support/fakes/network.ts';

const tags = (count: number) => Array.from({ length: count }, (_, index) => ({ Key: `key-${index}` }));

describe('of a private subnet', () => {
  it.each<[string, NetworkCheck, string, Subnet]>([
    ['subnet_tag_capacity', subnetTagCapacity, 'passed', { Tags: tags(48) }],
    ['subnet_tag_capacity', subnetTagCapacity, 'warning', { Tags: tags(49) }],
    ['subnet_tag_capacity', subnetTagCapacity, 'failed', { Tags: tags(50) }],
    ['subnet_public_ip_auto_assign', subnetPublicIpAutoAssign, 'passed', {}],
    ['subnet_public_ip_auto_assign', subnetPublicIpAutoAssign, 'warning', { MapPublicIpOnLaunch: true }],
    ['subnet_ipv6_only', subnetIpv6Only, 'passed', {}],
    ['subnet_ipv6_only', subnetIpv6Only, 'failed', { Ipv6Native: true }],
    ['subnet_dns64', subnetDns64, 'passed', {}],
    ['subnet_dns64', subnetDns64, 'warning', { EnableDns64: true }],
    ['subnet_owner', subnetOwner, 'passed', {}],
    ['subnet_owner', subnetOwner, 'warning', { OwnerId: '210987654321' }],
  ])('%s is %#: %s', async (name, check, status, rest) => {
    const results = await verifyIn(check, { subnets: [privateSubnet(rest)] });
    expect(results).toMatchObject([{ check: name, status }]);
    if (status !== 'passed') expect(results[0]?.resourceId).toBe(privateSubnetId);
  });

  it.each<[NetworkCheck, Subnet]>([
    [subnetPublicIpAutoAssign, { MapPublicIpOnLaunch: undefined }],
    [subnetIpv6Only, { Ipv6Native: undefined }],
    [subnetDns64, { EnableDns64: undefined }],
    [subnetOwner, { OwnerId: undefined }],
    [subnetAzType, { AvailabilityZone: 'us-east-1z' }],
  ])('%# is not determined when AWS tells no value', async (check, rest) => {
    expect(await verifyIn(check, { subnets: [privateSubnet(rest)] })).toMatchObject([
      { status: 'warning', details: { reason_code: 'value_absent' } },
    ]);
  });

  it('says nothing of a public subnet that gives out public addresses', async () => {
    const subnets = [privateSubnet(), publicSubnet({ MapPublicIpOnLaunch: true })];
    expect(await verifyIn(subnetPublicIpAutoAssign, { subnets })).toMatchObject([{ status: 'passed' }]);
  });
});

describe('subnet_az_type', () => {
  it.each([
    ['passed', 'availability-zone', {}],
    ['failed', 'local-zone', {}],
    ['failed', 'wavelength-zone', {}],
    ['failed', 'availability-zone', { OutpostArn: 'arn:aws:outposts:us-east-1:1:outpost/op-1' }],
  ])('is %s for a %s with %j', async (status, ZoneType, rest) => {
    const zones = [{ ZoneName: 'us-east-1a', ZoneType }];
    expect(await verifyIn(subnetAzType, { zones, subnets: [privateSubnet(rest)] })).toMatchObject([
      { status },
    ]);
  });
});

describe('subnet_az_endpoint_service', () => {
  const judged = (served: string[] | undefined, rest: Subnet = {}) =>
    verifyIn(
      subnetAzEndpointService,
      { subnets: [privateSubnet(rest)] },
      { endpoint_service_zone_ids: served },
    );

  it.each([
    ['passed', ['use1-az1', 'use1-az2']],
    ['failed', ['use1-az2']],
  ])('is %s when the service is in %j', async (status, served) => {
    expect(await judged(served)).toMatchObject([{ status, details: { availability_zone_id: 'use1-az1' } }]);
  });

  it('says nothing when the request names no zones', async () => {
    expect(await judged(undefined)).toEqual([]);
  });

  it('is not determined when AWS tells no zone id', async () => {
    expect(await judged(['use1-az1'], { AvailabilityZoneId: undefined })).toMatchObject([
      { status: 'warning', details: { reason_code: 'value_absent' } },
    ]);
  });
});
