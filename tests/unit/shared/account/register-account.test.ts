import { describe, expect, it } from '@jest/globals';
import { prodArns } from '../../../../shared/account/function-arns.ts';
import { registerAccount } from '../../../../shared/account/register-account.ts';
import { wantedRegistration } from '../../../../shared/account/wanted-registration.ts';
import { functionsOf } from '../../../../shared/customer-stack/components.ts';
import type { Account, AccountRegistration } from '../../../../shared/platform-api/platform-api.ts';
import { silentTasks } from '../../../../shared/tasks.ts';
import { account } from '../../../support/fakes/customer-account.ts';
import { apiFailure, fakePlatformApi } from '../../../support/fakes/platform-api.ts';

const region = 'us-gov-west-1';
const partition = 'aws-us-gov';
const place = { account, partition, region };
const functions = functionsOf(region, { networkVerifierName: 'acme-network' });
const told = wantedRegistration(place, functions, {
  authentication: 'resource-policy',
  accessMode: 'lambda',
});

const register = (platformApi = fakePlatformApi(), registration: AccountRegistration = told) =>
  registerAccount({ platformApi, tasks: silentTasks }, registration);

/** A platform that knows the account, otherwise than it is now as far as is given. */
function platformKnowing(differences: Partial<Account> = {}) {
  const platformApi = fakePlatformApi();
  const known: Account = { ...told, ...differences };
  return Object.assign(platformApi, {
    registerAccount: async () => 'already registered' as const,
    describeAccount: async () => known,
  });
}

describe('the ARNs the platform invokes', () => {
  it('are those of the alias prod of each function, in the partition of the account', () => {
    const arn = (name: string) => `arn:aws-us-gov:lambda:us-gov-west-1:${account}:function:${name}:prod`;
    expect(prodArns(place, { account, functions })).toEqual({
      oidcProvisioner: arn('rosa-oidc-provisioner'),
      preflightChecker: arn('rosa-preflight-checker'),
      networkVerifier: arn('acme-network'),
    });
  });
});

describe('a registration', () => {
  it('tells the account, its region, its functions, and how the platform is to work there', async () => {
    const platformApi = fakePlatformApi();
    expect(await register(platformApi)).toEqual({ status: 'registered', accessMode: 'lambda' });
    expect(platformApi.calls).toEqual([{ name: 'registerAccount', args: [told] }]);
    expect(told).toEqual({
      accountId: account,
      region,
      functions: prodArns(place, { account, functions }),
      authentication: 'resource-policy',
      accessMode: 'lambda',
    });
  });

  it('may be for others to make: a refusal is told and does not undo the set-up', async () => {
    const platformApi = fakePlatformApi();
    platformApi.fail('registerAccount', apiFailure('denied'));
    expect(await register(platformApi)).toEqual({
      status: 'refused',
      reason: expect.stringContaining('it said so'),
    });
  });

  it.each(['unavailable', 'throttled', 'invalid', 'invalid-answer'] as const)(
    'that is %s fails: the person has to know',
    async (failure) => {
      const platformApi = fakePlatformApi();
      platformApi.fail('registerAccount', apiFailure(failure));
      await expect(register(platformApi)).rejects.toMatchObject({ name: 'PlatformApiError', failure });
    },
  );

  it('is not asked for where no Platform API is known', async () => {
    const registration = await registerAccount({ tasks: silentTasks }, told);
    expect(registration).toEqual({ status: 'not asked for', reason: expect.stringContaining('address') });
  });
});

describe('a registration that was made before', () => {
  it('is as good when it says the same', async () => {
    const platformApi = platformKnowing();
    expect(await register(platformApi)).toEqual({ status: 'already registered', accessMode: 'lambda' });
    expect(platformApi.calls).toEqual([]);
  });

  it('is changed where it says something else, and it is told what was changed', async () => {
    const versions = { networkVerifier: { version: '4', codeSha256: 'new' } };
    const platformApi = platformKnowing({
      lambdaVersions: { networkVerifier: { version: '3', codeSha256: 'old' } },
    });
    expect(await register(platformApi, { ...told, lambdaVersions: versions })).toEqual({
      status: 'changed',
      accessMode: 'lambda',
      changes: [
        'lambdaVersions: {"networkVerifier":{"version":"3","codeSha256":"old"}} -> {"networkVerifier":{"version":"4","codeSha256":"new"}}',
      ],
    });
    expect(platformApi.calls).toEqual([
      { name: 'changeAccount', args: [account, { lambdaVersions: versions }] },
    ]);
  });

  it('names what it did not say before', async () => {
    const invocationRoleArn = `arn:aws-us-gov:iam::${account}:role/r`;
    const assumed = { ...told, authentication: 'assume-role', invocationRoleArn } as const;
    expect(await register(platformKnowing(), assumed)).toMatchObject({
      changes: [
        'authentication: resource-policy -> assume-role',
        `invocationRoleArn: none -> ${invocationRoleArn}`,
      ],
    });
  });

  it.each(['dual', 'oidc-sts'] as const)(
    'keeps the access mode %s when the functions are set up again',
    async (accessMode) => {
      const platformApi = platformKnowing({ accessMode });
      expect(await register(platformApi)).toEqual({ status: 'already registered', accessMode });
      expect(platformApi.calls).toEqual([]);
    },
  );

  it('is dual from now on when the account is migrated', async () => {
    const platformApi = platformKnowing({ accessMode: 'oidc-sts', oidcStsRoleArn: 'the-role' });
    const dual = { ...told, accessMode: 'dual', oidcStsRoleArn: 'the-role' } as const;
    expect(await register(platformApi, dual)).toEqual({
      status: 'changed',
      accessMode: 'dual',
      changes: ['accessMode: oidc-sts -> dual'],
    });
  });

  it('is of another region: that cannot be changed, and nothing is', async () => {
    const platformApi = platformKnowing({ region: 'us-gov-east-1' });
    expect(await register(platformApi)).toEqual({
      status: 'differs',
      reason: expect.stringContaining('us-gov-east-1'),
    });
    expect(platformApi.calls).toEqual([]);
  });

  it.each(['not offered', 'not registered'] as const)(
    'that cannot be changed (%s) differs',
    async (answer) => {
      const platformApi = platformKnowing({ authentication: 'assume-role' });
      platformApi.changeAccount = async () => answer;
      expect(await register(platformApi)).toEqual({
        status: 'differs',
        reason: expect.stringContaining(`(${answer}): authentication: assume-role -> resource-policy`),
      });
    },
  );

  it('counts as made when the platform does not tell more of it', async () => {
    const platformApi = platformKnowing();
    platformApi.describeAccount = () => Promise.reject(apiFailure('denied'));
    expect(await register(platformApi)).toEqual({ status: 'already registered' });
  });

  it('counts as made with v0, which tells no more than that it is there', async () => {
    const platformApi = platformKnowing();
    platformApi.describeAccount = async () => ({ accountId: account });
    expect(await register(platformApi)).toEqual({ status: 'already registered' });
  });

  it('may be for others to change', async () => {
    const platformApi = platformKnowing({ authentication: 'assume-role' });
    platformApi.fail('changeAccount', apiFailure('denied'));
    expect(await register(platformApi)).toMatchObject({ status: 'refused' });
  });
});
