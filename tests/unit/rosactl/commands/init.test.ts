import { describe, expect, it } from '@jest/globals';
import type { CommandContext } from '../../../../rosactl/command.ts';
import { init } from '../../../../rosactl/commands/init.ts';
import { AwsCallError } from '../../../../shared/aws/aws-call-error.ts';
import { fakeContext } from '../../../support/fakes/command-context.ts';
import { apiFailure, fakePlatformApi } from '../../../support/fakes/platform-api.ts';

const check = (differences: Partial<CommandContext> = {}) =>
  init.run(fakeContext({ platformApi: fakePlatformApi(), ...differences }), {});

const statuses = (data: unknown) =>
  Object.fromEntries(
    (data as { checks: { name: string; status: string }[] }).checks.map(({ name, status }) => [name, status]),
  );

const expired = async () => {
  throw new AwsCallError(
    'sts:GetCallerIdentity',
    Object.assign(new Error('expired'), { name: 'ExpiredToken' }),
  );
};

describe('init', () => {
  it('ticks who you are, the region and the Platform API, and says what is next', async () => {
    const { exitCode, lines, data } = await check();
    expect(exitCode).toBe(0);
    expect(lines).toEqual([
      '✔ AWS takes the credentials: arn:aws:iam::123456789012:user/admin in account 123456789012, partition aws',
      '✔ The region is there and enabled: us-east-1 (opt-in-not-required)',
      '✔ The Platform API answers a signed request: it answers',
      '',
      'Next: rosactl setup-account --dry-run',
    ]);
    expect(statuses(data)).toEqual({ credentials: 'passed', region: 'passed', 'platform-api': 'passed' });
  });

  it('does not miss a Platform API that it has no address of, and says how to give it', async () => {
    const { exitCode, lines, data } = await check({ platformApi: undefined });
    expect(exitCode).toBe(0);
    expect(lines[2]).toMatch(/^! The Platform API.*--platform-api-url/);
    expect(statuses(data)).toMatchObject({ 'platform-api': 'skipped' });
  });

  it('explains what is wrong and what to do, and makes the other checks', async () => {
    const platformApi = fakePlatformApi();
    platformApi.fail('live', apiFailure('unavailable'));
    const { exitCode, lines, data } = await check({ platformApi });
    expect(exitCode).toBe(5);
    expect(lines.join('\n')).toMatch(
      /✔ The region[\s\S]*✖ The Platform API[\s\S]*it said so[\s\S]*Try again later/,
    );
    expect(lines.at(-1)).toMatch(/^Mend this first/);
    expect(statuses(data)).toEqual({ credentials: 'passed', region: 'passed', 'platform-api': 'failed' });
  });

  it.each<[string, Partial<CommandContext>, number, RegExp]>([
    ['an expired token', { caller: expired }, 3, /✖ AWS takes the credentials[\s\S]*Sign in again/],
    [
      'an unknown region',
      { accountRegion: async () => undefined },
      1,
      /✖ The region[\s\S]*no region us-east-1/,
    ],
    [
      'a region that is not enabled',
      { accountRegion: async () => ({ optInStatus: 'not-opted-in' }) },
      1,
      /not enabled[\s\S]*aws account enable-region --region-name us-east-1/,
    ],
  ])('has the exit code of %s', async (_what, differences, code, told) => {
    const { exitCode, lines } = await check(differences);
    expect(exitCode).toBe(code);
    expect(lines.join('\n')).toMatch(told);
  });

  it('accepts that AWS does not tell whether a region is enabled', async () => {
    const { exitCode, lines } = await check({ accountRegion: async () => ({}) });
    expect(exitCode).toBe(0);
    expect(lines[1]).toMatch(/AWS does not tell/);
  });
});
