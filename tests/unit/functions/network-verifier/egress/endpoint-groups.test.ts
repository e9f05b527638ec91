import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { requiredEndpoints } from '../../../../../functions/network-verifier/egress/endpoint-groups.ts';

const hostsOf = (region: string, zeroEgress = false) =>
  Object.fromEntries(
    requiredEndpoints(region, zeroEgress).groups.map(({ name, endpoints }) => [
      name,
      endpoints.map(({ host }) => host),
    ]),
  );

const servicesOf = (region: string, zeroEgress = false) =>
  requiredEndpoints(region, zeroEgress).groups.flatMap(({ endpoints }) =>
    endpoints.flatMap(({ host, regionalService }) => (regionalService ? [[host, regionalService]] : [])),
  );

describe('the endpoints a cluster needs', () => {
  it('are those of its platform, in groups', () => {
    expect(requiredEndpoints('eu-west-1', false)).toMatchObject({
      platform: 'aws-hcp',
      version: '2026-11-22',
    });
    expect(hostsOf('eu-west-1')).toEqual({
      images: [
        'registry.redhat.io',
        'quay.io',
        'cdn01.quay.io',
        'cdn02.quay.io',
        'cdn03.quay.io',
        'cdn04.quay.io',
        'cdn05.quay.io',
        'cdn06.quay.io',
        'quayio-production-s3.s3.amazonaws.com',
        'registry.access.redhat.com',
        'access.redhat.com',
      ],
      updates: ['api.openshift.com', 'mirror.openshift.com'],
      telemetry: ['infogw.api.openshift.com', 'console.redhat.com', 'sso.redhat.com'],
      'aws-sts': ['sts.eu-west-1.amazonaws.com'],
      'aws-s3': ['s3.eu-west-1.amazonaws.com'],
    });
  });

  it('are services of the region alone without egress', () => {
    expect(requiredEndpoints('eu-west-1', true)).toMatchObject({
      platform: 'aws-hcp-zero-egress',
      version: '2026-11-22',
    });
    expect(servicesOf('eu-west-1', true)).toEqual([
      ['sts.eu-west-1.amazonaws.com', 'sts'],
      ['api.ecr.eu-west-1.amazonaws.com', 'ecr.api'],
      ['example.dkr.ecr.eu-west-1.amazonaws.com', 'ecr.dkr'],
      ['s3.eu-west-1.amazonaws.com', 's3'],
    ]);
  });

  it.each([
    ['us-gov-west-1', 'sts.us-gov-west-1.amazonaws.com'],
    ['cn-north-1', 'sts.cn-north-1.amazonaws.com.cn'],
  ])('have the domain of AWS in %s', (region, host) => {
    expect(hostsOf(region)['aws-sts']).toEqual([host]);
    expect(hostsOf(region, true)['aws-sts']).toEqual([host]);
  });

  it('count a bucket among the services of the region it is in, and no other', () => {
    const bucket = 'quayio-production-s3.s3.amazonaws.com';
    expect(servicesOf('us-east-1').map(([host]) => host)).toContain(bucket);
    expect(servicesOf('us-east-2').map(([host]) => host)).not.toContain(bucket);
  });

  it('are reached by TLS', () => {
    for (const zeroEgress of [false, true]) {
      const { groups } = requiredEndpoints('us-east-1', zeroEgress);
      expect(new Set(groups.flatMap(({ endpoints }) => endpoints.map(({ port }) => port)))).toEqual(
        new Set([443]),
      );
    }
  });
});

const folder = new URL('../../../../../functions/network-verifier/egress/platforms/', import.meta.url);
const files = await readdir(folder);

describe.each(files)('the file %s', (file) => {
  const read = async () => JSON.parse(await readFile(new URL(file, folder), 'utf8'));

  it('is named after its platform, and tells its day and its sources', async () => {
    const { platform, version, sources } = await read();
    expect(`${platform}.json`).toBe(file);
    expect(version).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(new Date(version).toISOString().slice(0, 10)).toBe(version);
    for (const source of sources) expect(new URL(source).protocol).toBe('https:');
  });

  it('has groups with a name and a purpose, and each host once', async () => {
    const { groups } = await read();
    for (const { name, purpose, endpoints } of groups) {
      expect(name).toMatch(/^[a-z][a-z0-9-]*$/);
      expect(purpose).toMatch(/\w/);
      expect(endpoints.length).toBeGreaterThan(0);
    }
    const names = groups.map(({ name }: { name: string }) => name);
    expect(new Set(names).size).toBe(names.length);
    const hosts = groups.flatMap(({ endpoints }: { endpoints: { host: string }[] }) =>
      endpoints.map(({ host }) => host),
    );
    expect(new Set(hosts).size).toBe(hosts.length);
  });

  it('has host names that are whole once the region is known', async () => {
    const { groups } = await read();
    for (const { endpoints } of groups) {
      for (const { host } of endpoints) {
        const whole = host.replace('{region}', 'eu-west-1').replace('{dns_suffix}', 'amazonaws.com');
        expect(whole).toMatch(/^([a-z0-9-]+\.)+[a-z]+$/);
      }
    }
  });
});
