import { describe, expect, it } from '@jest/globals';
import { cidrConfig } from '../../../../../functions/preflight-checker/checks/cidr-config.ts';
import { kmsKeys } from '../../../../../functions/preflight-checker/checks/kms-keys.ts';
import { nodeCount } from '../../../../../functions/preflight-checker/checks/node-count.ts';
import { regionMatchesLambda } from '../../../../../functions/preflight-checker/checks/region-matches-lambda.ts';
import { resourceTags } from '../../../../../functions/preflight-checker/checks/resource-tags.ts';
import { rootVolumeSize } from '../../../../../functions/preflight-checker/checks/root-volume-size.ts';
import type { PreflightCheck } from '../../../../../functions/preflight-checker/preflight-facts.ts';
import type { ClusterConfig } from '../../../../../schemas/generated/preflight-checker-request.js';
import { fakeAccount, preflight } from '../../../../support/fakes/account.ts';

/** What a check that calls nothing says of a request. */
async function judged(check: PreflightCheck, cluster: Partial<ClusterConfig>, region?: string) {
  const account = fakeAccount();
  const results = await preflight(check, account, cluster, region);
  expect(account.calls).toEqual([]);
  return results;
}

const statuses = async (check: PreflightCheck, cluster: Partial<ClusterConfig>) =>
  (await judged(check, cluster)).map(({ status, message }) => `${status}: ${message}`);

describe('region_matches_lambda', () => {
  it.each([
    ['us-east-1', 'passed'],
    ['eu-west-1', 'warning'],
  ])('for a cluster in %s and a function in us-east-1 is %s', async (region, status) => {
    expect(await judged(regionMatchesLambda, {}, region)).toMatchObject([
      { status, details: { region, function_region: 'us-east-1' } },
    ]);
  });
});

describe('node_count', () => {
  it.each<[string, Partial<ClusterConfig>, RegExp[]]>([
    ['two nodes', { node_count: 2 }, [/^passed/]],
    ['one node', { node_count: 1 }, [/^failed: A cluster has 2 nodes at least, not 1/]],
    ['501 nodes at most', { node_count: 2, max_node_count: 501 }, [/^failed: A cluster has 500 nodes/]],
    ['a maximum below the count', { node_count: 4, max_node_count: 3 }, [/^failed: max_node_count is 3/]],
    ['a multiple of the subnets', { node_count: 6, private_subnet_count: 3 }, [/^passed/]],
    ['no multiple of the subnets', { node_count: 4, private_subnet_count: 3 }, [/^failed: .*Choose 6$/]],
    [
      'no multiple of the zones',
      { node_count: 4, availability_zones: ['us-east-1a', 'us-east-1b', 'us-east-1c'] },
      [/^warning: .*Choose 6$/],
    ],
    [
      'two mistakes',
      { node_count: 1, private_subnet_count: 2 },
      [/^failed: A cluster has 2/, /^failed: 1 nodes/],
    ],
  ])('judges %s', async (_, cluster, expected) => {
    const found = await statuses(nodeCount, cluster);
    expect(found).toEqual(expected.map((pattern) => expect.stringMatching(pattern)));
  });
});

describe('root_volume_size', () => {
  it.each([
    [undefined, []],
    [74, ['failed']],
    [75, ['passed']],
    [16_384, ['passed']],
    [16_385, ['failed']],
  ])('of %j GiB leads to %j', async (root_volume_gib, expected) => {
    const results = await judged(rootVolumeSize, { root_volume_gib });
    expect(results.map(({ status }) => status)).toEqual(expected);
  });
});

describe('resource_tags', () => {
  const numbered = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`key-${index}`, 'value']));

  it.each<[string, Record<string, string> | undefined, RegExp[]]>([
    ['none', undefined, []],
    ['25', numbered(25), [/^passed/]],
    ['26', numbered(26), [/^failed: There are 26 tags, and 25/]],
    ['an empty key', { '': 'x' }, [/^failed: A tag has an empty key/]],
    ['an empty value', { key: '' }, [/^failed: The tag "key" has no value/]],
    ['a key of AWS', { 'AWS:x': 'x' }, [/^failed: .*AWS keeps for itself/]],
    ['a long key', { ['k'.repeat(129)]: 'x' }, [/^failed: .*a key of more than 128/]],
    ['a long value', { key: 'v'.repeat(257) }, [/^failed: .*a value of more than 256/]],
    ['an odd character', { key: 'a;b' }, [/^failed: .*characters other than/]],
    ['letters of any language', { größe: 'très grand_1.2:/=+-@' }, [/^passed/]],
    ['two bad ones', { a: '', b: '' }, [/"a"/, /"b"/]],
  ])('judges %s', async (_, tags, expected) => {
    const found = await statuses(resourceTags, { tags });
    expect(found).toEqual(expected.map((pattern) => expect.stringMatching(pattern)));
  });
});

describe('cidr_config', () => {
  const zones = ['us-east-1a', 'us-east-1b'];

  it.each<[string, Partial<ClusterConfig>, RegExp[]]>([
    ['nothing, when no range is given', {}, []],
    ['ranges that fit', { machine_cidr: '10.0.0.0/16' }, [/^passed: .*172\.30\.0\.0\/16/]],
    ['host bits', { machine_cidr: '10.0.0.1/16' }, [/^failed: machine_cidr .* does not start at the first/]],
    ['an overlap', { service_cidr: '10.0.128.0/20' }, [/^failed: machine_cidr .* service_cidr .* overlap/]],
    [
      'an overlap with a default',
      { machine_cidr: '10.128.0.0/16' },
      [/^failed: machine_cidr .* pod_cidr 10\.128\.0\.0\/14 overlap/],
    ],
    ['the join range', { machine_cidr: '100.64.0.0/16' }, [/^failed: .*overlaps 100\.64\.0\.0\/16/]],
    ['the masquerade range', { service_cidr: '169.254.0.0/20' }, [/169\.254\.0\.0\/17/, /^warning/]],
    ['the address of the API', { machine_cidr: '172.20.0.0/16' }, [/^failed: .*172\.20\.0\.1/]],
    ['a machine range too large', { machine_cidr: '10.0.0.0/15' }, [/^failed: .*between \/16 and \/25/]],
    ['a /25 for one zone', { machine_cidr: '10.0.0.0/25' }, [/^passed/]],
    [
      'a /25 for several zones',
      { machine_cidr: '10.0.0.0/25', availability_zones: zones },
      [/^failed: .*between \/16 and \/24/],
    ],
    ['a service range too small', { service_cidr: '172.30.0.0/25' }, [/^failed: service_cidr/]],
    ['a host prefix out of range', { host_prefix: 27 }, [/^failed: host_prefix 27/]],
    ['a host prefix of 0, the default', { host_prefix: 0, machine_cidr: '10.0.0.0/16' }, [/^passed/]],
    [
      'pods of too many nodes',
      { pod_cidr: '10.128.0.0/20', max_node_count: 9 },
      [/^failed: .*room for 8 nodes .* there may be 9/],
    ],
    ['public addresses', { machine_cidr: '11.0.0.0/16' }, [/^warning: machine_cidr 11\.0\.0\.0\/16/]],
    ['everything at once', { machine_cidr: '0.0.0.0/0' }, Array(6).fill(/./)],
  ])('says of %s what is to be said', async (_, cluster, expected) => {
    const found = await statuses(cidrConfig, cluster);
    expect(found).toEqual(expected.map((pattern) => expect.stringMatching(pattern)));
  });
});

describe('kms_keys', () => {
  const key = 'arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab';

  it('has nothing to say without keys', async () => {
    expect(await judged(kmsKeys, {})).toEqual([]);
  });

  it('passes a key of this account and region, and says that the key is not looked at', async () => {
    const [result] = await judged(kmsKeys, { kms_key_arns: [key, key] });
    expect(result).toMatchObject({ status: 'passed', details: { kms_key: key } });
    expect(result?.message).toContain('not looked at');
  });

  it.each([
    ['an alias', 'arn:aws:kms:us-east-1:123456789012:alias/mine', 'is not the ARN of a key'],
    ['a name', 'mine', 'is not the ARN of a key'],
    ['another partition', key.replace('aws', 'aws-cn'), 'the partition aws-cn'],
    ['another region', key.replace('us-east-1', 'us-east-2'), 'is in us-east-2'],
    ['another account', key.replace('123456789012', '210987654321'), 'the account 210987654321'],
  ])('fails %s', async (_, arn, words) => {
    const [result] = await judged(kmsKeys, { kms_key_arns: [arn] });
    expect(result).toMatchObject({ status: 'failed', message: expect.stringContaining(words) });
  });
});
