import { describe, expect, it } from '@jest/globals';
import { type InitDependencies, initChecks } from '../../../../shared/account/init-checks.ts';
import { awsError } from '../../../support/fakes/aws-errors.ts';
import { fakeContext } from '../../../support/fakes/command-context.ts';
import { apiFailure, fakePlatformApi } from '../../../support/fakes/platform-api.ts';

const check = (name: string, differences: Partial<InitDependencies> = {}) => {
  const found = initChecks.find((one) => one.name === name);
  if (!found) throw new Error(`there is no check ${name}`);
  const dependencies: InitDependencies = { ...fakeContext(), ...differences };
  return { skipped: found.skipped?.(dependencies), run: () => found.run(dependencies) };
};

describe('the credentials', () => {
  it('are those of whom AWS says', async () => {
    const caller = async () => ({ account: '444455556666', arn: 'arn:aws-cn:sts::x', partition: 'aws-cn' });
    expect(await check('credentials', { caller }).run()).toMatch(/arn:aws-cn:sts::x .*444455556666.*aws-cn/);
  });

  it('have to be taken by AWS', async () => {
    const caller = () => Promise.reject(awsError('sts:GetCallerIdentity', 'ExpiredToken'));
    await expect(check('credentials', { caller }).run()).rejects.toMatchObject({
      failure: 'unauthenticated',
    });
  });
});

describe('the region', () => {
  const withStatus = (optInStatus?: string) =>
    check('region', { accountRegion: async () => ({ optInStatus }) });

  it('is looked up in the partition of the account', async () => {
    const asked: string[][] = [];
    const caller = async () => ({ account: '1', arn: '', partition: 'aws-us-gov' });
    const accountRegion = async (...which: string[]) => {
      asked.push(which);
      return {};
    };
    await check('region', { caller, accountRegion, region: 'us-gov-west-1' }).run();
    expect(asked).toEqual([['us-gov-west-1', 'aws-us-gov']]);
  });

  it.each(['opt-in-not-required', 'opted-in', undefined])('may be %s', async (status) => {
    await expect(withStatus(status).run()).resolves.toContain('us-east-1');
  });

  it.each(['not-opted-in', 'opting-in', 'a word that came later'])('may not be %s', async (status) => {
    await expect(withStatus(status).run()).rejects.toMatchObject({
      name: 'Refused',
      message: expect.stringContaining(status),
    });
  });

  it('has to exist', async () => {
    const accountRegion = async () => undefined;
    await expect(check('region', { accountRegion }).run()).rejects.toMatchObject({ name: 'Refused' });
  });
});

describe('the Platform API', () => {
  it('has to answer', async () => {
    const platformApi = fakePlatformApi();
    await expect(check('platform-api', { platformApi }).run()).resolves.not.toBe('');
    platformApi.fail('live', apiFailure('denied'));
    await expect(check('platform-api', { platformApi }).run()).rejects.toMatchObject({ failure: 'denied' });
  });

  it('is not checked where none is known', () => {
    expect(check('platform-api').skipped).toContain('--platform-api-url');
    expect(check('platform-api', { platformApi: fakePlatformApi() }).skipped).toBeUndefined();
  });
});
