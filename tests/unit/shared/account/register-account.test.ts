import { describe, expect, it } from '@jest/globals';
import { prodArns, registerAccount } from '../../../../shared/account/register-account.ts';
import { functionsOf } from '../../../../shared/customer-stack/components.ts';
import { silentTasks } from '../../../../shared/tasks.ts';
import { account } from '../../../support/fakes/customer-account.ts';
import { apiFailure, fakePlatformApi } from '../../../support/fakes/platform-api.ts';

const region = 'us-gov-west-1';
const partition = 'aws-us-gov';
const functions = functionsOf(region, { networkVerifierName: 'acme-network' });

const register = (platformApi = fakePlatformApi()) =>
  registerAccount(
    { platformApi, region, partition, tasks: silentTasks },
    { account, functions, authentication: 'lambda' },
  );

describe('the ARNs the platform invokes', () => {
  it('are those of the alias prod of each function, in the partition of the account', () => {
    const arn = (name: string) => `arn:aws-us-gov:lambda:us-gov-west-1:${account}:function:${name}:prod`;
    expect(prodArns({ partition, region }, { account, functions })).toEqual({
      oidcProvisioner: arn('rosa-oidc-provisioner'),
      preflightChecker: arn('rosa-preflight-checker'),
      networkVerifier: arn('acme-network'),
    });
  });
});

describe('a registration', () => {
  it('tells the account, its region and its functions', async () => {
    const platformApi = fakePlatformApi();
    expect(await register(platformApi)).toEqual({ status: 'registered' });
    expect(platformApi.calls).toEqual([
      {
        name: 'registerAccount',
        args: [
          {
            accountId: account,
            region,
            functions: prodArns({ partition, region }, { account, functions }),
            authentication: 'lambda',
          },
        ],
      },
    ]);
  });

  it('is as good when it was made before', async () => {
    const platformApi = fakePlatformApi();
    platformApi.registerAccount = async () => 'already registered';
    expect(await register(platformApi)).toEqual({ status: 'already registered' });
  });

  it('is not as good when it was made with other functions', async () => {
    const platformApi = fakePlatformApi();
    const known = prodArns({ partition, region }, { account, functions: functionsOf(region, {}) });
    platformApi.registerAccount = async () => 'already registered';
    platformApi.describeAccount = async () => ({ accountId: account, functions: known });
    expect(await register(platformApi)).toEqual({
      status: 'differs',
      reason: expect.stringContaining('function:rosa-network-verifier:prod'),
    });
  });

  it('counts as made when the platform does not tell more of it', async () => {
    const platformApi = fakePlatformApi();
    platformApi.registerAccount = async () => 'already registered';
    platformApi.fail('describeAccount', apiFailure('denied'));
    expect(await register(platformApi)).toEqual({ status: 'already registered' });
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
    const registration = await registerAccount(
      { region, partition, tasks: silentTasks },
      { account, functions, authentication: 'lambda' },
    );
    expect(registration).toEqual({ status: 'not asked for', reason: expect.stringContaining('address') });
  });
});
