import { beforeEach, describe, expect, it } from '@jest/globals';
import { type SetUpRequest, setUpAccount } from '../../../../shared/account/set-up-account.ts';
import {
  account,
  clmRole,
  type FakeCustomerAccount,
  fakeCustomerAccount,
  functionNames,
  otherRole,
  region,
} from '../../../support/fakes/customer-account.ts';
import { apiFailure } from '../../../support/fakes/platform-api.ts';

let customer: FakeCustomerAccount;

const setUp = (request: Partial<SetUpRequest> = {}) =>
  setUpAccount(customer.context, { parameters: {}, accessMode: 'lambda', ...request });

beforeEach(() => {
  customer = fakeCustomerAccount();
});

describe('setting an account up', () => {
  it('rolls prod out, lets the role in, and registers the account when all of that is done', async () => {
    const { functions, ...said } = await setUp();
    const kinds = new Set(customer.changes().map((change) => change.replace(/ rosa-.*/, '')));
    expect([...kinds]).toEqual(['deploy', 'publish', 'invoke', 'createAlias', 'allowInvoke', 'register']);
    expect(functions.map(({ name }) => name)).toEqual(functionNames);
    expect(said).toEqual({
      account,
      region,
      release: '0123456789ab',
      stage: 'prod',
      clmRoleArn: clmRole,
      registration: { status: 'registered' },
    });
  });

  it('tells the platform the functions as they are called here, and how to work in the account', async () => {
    await setUp({ parameters: { oidcProvisionerName: 'acme-oidc' }, authentication: 'dual' });
    expect(customer.platformApi.calls.map(({ args }) => args)).toEqual([
      [
        {
          accountId: account,
          region,
          authentication: 'dual',
          functions: expect.objectContaining({
            oidcProvisioner: `arn:aws:lambda:us-east-1:${account}:function:acme-oidc:prod`,
          }),
        },
      ],
    ]);
  });

  it('changes nothing in the account the second time', async () => {
    await setUp();
    customer.changes();
    await setUp();
    expect(customer.changes()).toEqual([...functionNames.map((name) => `invoke ${name} 1`), 'register']);
  });

  it('stays successful when the platform may not be told, and says why', async () => {
    customer.platformApi.fail('registerAccount', apiFailure('denied'));
    expect(await setUp()).toMatchObject({
      registration: { status: 'refused', reason: expect.stringContaining('it said so') },
    });
  });

  it('leaves the functions ready when the platform does not answer, and goes on there', async () => {
    customer.platformApi.fail('registerAccount', apiFailure('unavailable'));
    await expect(setUp()).rejects.toMatchObject({ name: 'PlatformApiError' });
    customer.changes();
    expect(await setUp()).toMatchObject({ registration: { status: 'registered' } });
    expect(customer.changes()).not.toContain('deploy');
  });
});

describe('the permission read back', () => {
  it('has to be the one of the role: somebody who changes it meanwhile is found out', async () => {
    const { functions } = customer;
    const allow = functions.allowInvoke.bind(functions);
    functions.allowInvoke = async (name, alias, statementId, principal) => {
      const whom = name === 'rosa-preflight-checker' ? otherRole : principal;
      await allow(name, alias, statementId, whom);
    };
    await expect(setUp()).rejects.toMatchObject({
      name: 'Refused',
      message: expect.stringMatching(`prod of rosa-preflight-checker .*${otherRole}.*${clmRole}`),
    });
    expect(customer.changes()).not.toContain('register');
  });

  it('may not be gone', async () => {
    customer.functions.allowInvoke = async () => {};
    await expect(setUp()).rejects.toThrow(/prod of rosa-oidc-provisioner may be invoked by nobody/);
  });
});
