import { describe, expect, it } from '@jest/globals';
import { parameterOptions, parametersIn } from '../../../rosactl/parameter-options.ts';

const option = (flag: string) => parameterOptions.find(({ flags }) => flags.startsWith(`${flag} `));
const key = 'arn:aws:kms:us-east-1:123456789012:key/0a1b2c3d-0a1b-2c3d-4e5f-0a1b2c3d4e5f';
const profile = 'arn:aws:signer:us-east-1:123456789012:/signing-profiles/rosa_lambda_access/0a1b2c3d4e';
const policy = 'arn:aws:iam::123456789012:policy/boundary';

describe('the parameters of the stack', () => {
  it('are those that were given, and no other option', () => {
    const options = { logRetentionDays: '365', tracing: 'true', dryRun: true, clmRoleArn: 'arn' } as const;
    expect(parametersIn(options)).toEqual({ logRetentionDays: '365', tracing: 'true' });
  });

  it('are none when none was given: what the stack has stays', () => {
    expect(parametersIn({})).toEqual({});
  });

  it('have options whose flags are the names of the parameters', () => {
    const camelCase = (flag: string) => flag.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
    const names = parameterOptions.map(({ flags }) => camelCase(flags.split(' ')[0]?.slice(2) ?? ''));
    const all = parametersIn(Object.fromEntries(names.map((name) => [name, 'value'])));
    expect(Object.keys(all)).toEqual(names);
  });
});

describe('a value of a parameter', () => {
  it.each([
    ['--kms-key-arn', key],
    ['--kms-key-arn', key.replace('arn:aws:', 'arn:aws-us-gov:')],
    ['--permissions-boundary-arn', policy],
    ['--permissions-boundary-arn', 'arn:aws:iam::aws:policy/PowerUserAccess'],
    ['--signing-profile-version-arns', profile],
    ['--signing-profile-version-arns', `${profile},${profile.replace('us-east-1', 'eu-west-1')}`],
    ['--reserved-concurrency', '10'],
    ['--alarm-topic-arn', 'arn:aws:sns:us-east-1:123456789012:operations'],
    ['--alarm-endpoint', 'operations@example.com'],
    ['--alarm-endpoint', 'https://events.pagerduty.com/integration/0123/enqueue'],
    ['--alarm-endpoint', ''],
    ['--log-archive-retention-days', '365'],
  ])('may be %s %s', (flag, value) => {
    expect(option(flag)?.problem?.(value)).toBeUndefined();
  });

  it.each([
    ['--kms-key-arn', 'alias/mine'],
    ['--kms-key-arn', '*'],
    ['--kms-key-arn', policy],
    ['--permissions-boundary-arn', 'boundary'],
    ['--permissions-boundary-arn', policy.replace('policy/', 'role/')],
    ['--signing-profile-version-arns', 'rosa_lambda_access'],
    ['--signing-profile-version-arns', profile.slice(0, profile.lastIndexOf('/'))],
    ['--signing-profile-version-arns', `${profile}, `],
    ['--reserved-concurrency', '0'],
    ['--reserved-concurrency', 'many'],
    ['--alarm-topic-arn', 'operations'],
    ['--alarm-endpoint', 'http://events.pagerduty.com/'],
    ['--alarm-endpoint', 'operations'],
    ['--log-archive-retention-days', '90'],
    ['--log-archive-retention-days', ''],
  ])('may not be %s %s', (flag, value) => {
    expect(option(flag)?.problem?.(value)).toMatch(/^It must be/);
  });

  it('keeps records for 90 days at least', () => {
    const days = option('--log-retention-days')?.choices?.map(Number) ?? [];
    expect(Math.min(...days)).toBe(90);
  });
});
