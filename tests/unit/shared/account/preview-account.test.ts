import { beforeEach, describe, expect, it } from '@jest/globals';
import { previewAccount } from '../../../../shared/account/preview-account.ts';
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

let customer: FakeCustomerAccount;

const preview = (request: Partial<SetUpRequest> = {}) =>
  previewAccount(customer.context, { parameters: {}, accessMode: 'lambda', ...request });

const prodArn = (name: string) => `arn:aws:lambda:${region}:${account}:function:${name}:prod`;

beforeEach(() => {
  customer = fakeCustomerAccount();
});

describe('a preview', () => {
  it('changes nothing', async () => {
    await preview();
    expect(customer.changes()).toEqual([]);
    expect(customer.service.calls.map(({ name }) => name)).toEqual(['template']);
    expect(customer.platformApi.calls).toEqual([]);
  });

  it('says what would be where', async () => {
    expect(await preview()).toMatchObject({ account, region, release: '0123456789ab' });
  });

  it('shows the resources of the template as they would be here', async () => {
    customer.service.template = async () => ({
      Parameters: {},
      Conditions: {},
      Resources: { Role: { Type: 'AWS::IAM::Role', Properties: { Path: { Ref: 'AWS::AccountId' } } } },
    });
    const { resources } = await preview();
    expect(resources).toEqual({ Role: { Type: 'AWS::IAM::Role', Properties: { Path: account } } });
  });

  it('shows one permission on the alias prod of each function, for one role', async () => {
    const { permissions } = await preview({ clmRoleArn: otherRole });
    expect(permissions).toEqual(
      functionNames.map((name) => ({
        resource: prodArn(name),
        principal: otherRole,
        action: 'lambda:InvokeFunction',
      })),
    );
  });

  it('shows the log groups as they would be', async () => {
    const kmsKeyArn = 'arn:aws:kms:us-east-1:123456789012:key/1';
    const plain = await preview();
    const encrypted = await preview({ parameters: { logRetentionDays: '365', kmsKeyArn } });
    expect(plain.logGroups).toEqual(
      functionNames.map((name) => ({ name: `/aws/lambda/${name}`, retentionDays: 90 })),
    );
    expect(encrypted.logGroups[0]).toEqual({
      name: '/aws/lambda/rosa-oidc-provisioner',
      retentionDays: 365,
      kmsKeyArn,
    });
  });

  it('shows what the platform would be told, under the names the functions would have', async () => {
    const { registration } = await preview({ parameters: { preflightCheckerName: 'acme' } });
    expect(registration).toEqual({
      authentication: 'resource-policy',
      accessMode: 'lambda',
      accountId: account,
      region,
      functions: {
        oidcProvisioner: prodArn('rosa-oidc-provisioner'),
        preflightChecker: prodArn('acme'),
        networkVerifier: prodArn('rosa-network-verifier'),
      },
    });
  });

  it('shows no registration where no Platform API is known', async () => {
    customer.context.platformApi = undefined;
    expect(await preview({ clmRoleArn: clmRole })).not.toHaveProperty('registration');
  });
});

describe('a preview of an account that is set up', () => {
  beforeEach(async () => {
    const parameters = { logRetentionDays: '731' };
    await setUpAccount(customer.context, { parameters, accessMode: 'lambda' });
    customer.changes();
  });

  it('has the parameters of the stack, and over them those asked for', async () => {
    const { logGroups } = await preview({ parameters: { tracing: 'true' } });
    expect(logGroups[0]).toMatchObject({ retentionDays: 731 });
    const [{ args: [request] = [] } = {}] = customer.service.calls.slice(-1);
    expect(request).toMatchObject({
      stage: 'prod',
      parameters: { tracing: 'true', logRetentionDays: '731' },
    });
  });

  it.each([
    ['another name', { networkVerifierName: 'acme' }],
    ['subnets without security groups', { networkVerifierSubnetIds: 'subnet-1' }],
  ])('is refused for %s, as the set-up would be', async (_what, parameters) => {
    await expect(preview({ parameters })).rejects.toMatchObject({ name: 'Refused' });
  });
});

describe('a preview is refused', () => {
  it('when it is not known which role would be let in', async () => {
    customer.context.platformApi = undefined;
    await expect(preview()).rejects.toMatchObject({ name: 'Refused' });
  });

  it('for a role that is wider than one role', async () => {
    await expect(preview({ clmRoleArn: '*' })).rejects.toMatchObject({ name: 'Refused' });
  });
});
