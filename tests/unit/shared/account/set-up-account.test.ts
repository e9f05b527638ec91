import { beforeEach, describe, expect, it } from '@jest/globals';
import { type SetUpRequest, setUpAccount } from '../../../../shared/account/set-up-account.ts';
import { closedBoundary } from '../../../../shared/customer-stack/access-role.ts';
import {
  accessRolePermissions,
  assumed,
  externalId,
  fakeAccessRole,
  trustPolicy,
} from '../../../support/fakes/access-role.ts';
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
      authentication: 'resource-policy',
      clmRoleArn: clmRole,
      registration: { status: 'registered', accessMode: 'lambda' },
    });
  });

  it('tells the platform the functions as they are called here, and how to work in the account', async () => {
    const oidcStsRoleArn = `arn:aws:iam::${account}:role/mine-HCP-ROSA-Installer-Role`;
    await setUp({ parameters: { oidcProvisionerName: 'acme-oidc' }, accessMode: 'dual', oidcStsRoleArn });
    expect(customer.platformApi.calls.map(({ args }) => args)).toEqual([
      [
        {
          accountId: account,
          region,
          authentication: 'resource-policy',
          accessMode: 'dual',
          oidcStsRoleArn,
          lambdaVersions: {
            oidcProvisioner: { version: '1', codeSha256: 'code1' },
            preflightChecker: { version: '1', codeSha256: 'code1' },
            networkVerifier: { version: '1', codeSha256: 'code1' },
          },
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

describe('an account that lets the platform assume a role', () => {
  const assume = (request: Partial<SetUpRequest> = {}) =>
    setUp({ authentication: 'assume-role', ...request });

  beforeEach(() => {
    customer.platformApi.info = async () => ({ clmRoleArn: clmRole, externalId });
    Object.assign(customer.context, {
      accessRole: fakeAccessRole(),
      executionRoles: accessRolePermissions(),
    });
  });

  it('has the role of the stack, and aliases that let nobody in from outside', async () => {
    expect(await assume()).toMatchObject({ authentication: 'assume-role', clmRoleArn: clmRole, externalId });
    expect(customer.state()?.parameters).toMatchObject(assumed);
    const policies = await Promise.all(functionNames.map((name) => customer.functions.policy(name, 'prod')));
    expect(policies.flat()).toEqual([]);
  });

  it('tells the platform which role', async () => {
    await assume();
    expect(customer.platformApi.calls).toContainEqual({
      name: 'registerAccount',
      args: [
        expect.objectContaining({
          authentication: 'assume-role',
          invocationRoleArn: `arn:aws:iam::${account}:role/RosaRegionalPlatformAccess-us-east-1`,
        }),
      ],
    });
  });

  it('stays so when it is set up again without saying how', async () => {
    await assume();
    customer.changes();
    expect(await setUp()).toMatchObject({ authentication: 'assume-role' });
    expect(customer.changes()).not.toContain('deploy');
  });

  it('keeps the external id it has when the platform does not tell one any more', async () => {
    await assume();
    customer.platformApi.info = async () => ({});
    expect(await setUp()).toMatchObject({ clmRoleArn: clmRole, externalId });
  });

  it('is not made without an external id, and nothing is changed', async () => {
    customer.platformApi.info = async () => ({ clmRoleArn: clmRole });
    await expect(assume()).rejects.toMatchObject({
      name: 'Refused',
      message: expect.stringMatching(/does not tell an external id.*--authentication resource-policy/),
    });
    expect(customer.changes()).toEqual([]);
  });

  it('goes back to the policy of prod when that is asked for', async () => {
    await assume();
    await setUp({ authentication: 'resource-policy' });
    expect(customer.state()?.parameters).toMatchObject({
      clmAuthentication: 'resource-policy',
      clmRoleArn: '',
      clmExternalId: '',
    });
    const policies = await Promise.all(functionNames.map((name) => customer.functions.policy(name, 'prod')));
    expect(policies.flat().map(({ Principal }) => Principal)).toEqual(
      functionNames.map(() => ({ AWS: clmRole })),
    );
  });

  it('is opened again after cleanup-access has closed it', async () => {
    const accessRole = fakeAccessRole({ trustPolicy: trustPolicy(), boundaryArn: closedBoundary('aws') });
    Object.assign(customer.context, { accessRole });
    await assume();
    expect(accessRole.calls).toContainEqual({
      name: 'bound',
      args: ['RosaRegionalPlatformAccess-us-east-1', undefined],
    });
  });

  it('is not set up when somebody else may assume the role', async () => {
    const open = trustPolicy({ Condition: undefined });
    Object.assign(customer.context, { accessRole: fakeAccessRole({ trustPolicy: open }) });
    await expect(assume()).rejects.toThrow(
      /its trust policy says something else.*aws iam update-assume-role-policy/,
    );
    expect(customer.changes()).not.toContain('register');
  });
});
