import { beforeEach, describe, expect, it } from '@jest/globals';
import { type RemovalRequest, removeAccount } from '../../../../shared/account/remove-account.ts';
import { setUpAccount } from '../../../../shared/account/set-up-account.ts';
import { awsError } from '../../../support/fakes/aws-errors.ts';
import {
  type FakeCustomerAccount,
  fakeCustomerAccount,
  functionNames,
} from '../../../support/fakes/customer-account.ts';
import { apiFailure } from '../../../support/fakes/platform-api.ts';
import { recorded } from '../../../support/fakes/recorded.ts';

const providers = [
  'arn:aws:iam::123456789012:oidc-provider/one',
  'arn:aws:iam::123456789012:oidc-provider/two',
];

let customer: FakeCustomerAccount;
let logGroups: string[];

const oidcProviders = () => recorded({ list: async () => providers, remove: async (_arn: string) => {} });
let oidc: ReturnType<typeof oidcProviders>;

const remove = (request: Partial<RemovalRequest> = {}) =>
  removeAccount(customer.context, { deleteLogs: false, oidcProviders: [], ...request });

beforeEach(async () => {
  oidc = oidcProviders();
  logGroups = [...functionNames];
  customer = fakeCustomerAccount({
    oidcProviders: oidc,
    logGroups: {
      ensure: async () => {},
      present: async (name) => logGroups.includes(name),
      remove: async (name) => {
        logGroups = logGroups.filter((one) => one !== name);
      },
    },
  });
  await setUpAccount(customer.context, { parameters: {}, accessMode: 'lambda' });
  customer.changes();
});

describe('removing an account', () => {
  it('takes the way in first, then the registration, then the stack', async () => {
    const removal = await remove();
    expect(customer.changes()).toEqual([
      ...functionNames.map((name) => `removeStatement ${name}`),
      'unregister',
      'remove stack',
    ]);
    expect(removal).toMatchObject({ stack: 'removed', registration: 'unregistered' });
  });

  it('keeps the log groups and tells of them', async () => {
    const removal = await remove();
    expect(removal.logGroups).toEqual(functionNames.map((name) => ({ name, kept: true })));
    expect(logGroups).toEqual(functionNames);
  });

  it('deletes the log groups on request, those that are there', async () => {
    logGroups = ['rosa-network-verifier', 'of somebody else'];
    const removal = await remove({ deleteLogs: true });
    expect(removal.logGroups).toEqual([{ name: 'rosa-network-verifier', kept: false }]);
    expect(logGroups).toEqual(['of somebody else']);
  });

  it('touches no OIDC provider unasked', async () => {
    const removal = await remove();
    expect(removal.oidcProviders).toEqual([]);
    expect(oidc.calls).toEqual([]);
  });

  it('deletes exactly the OIDC providers that were listed', async () => {
    const [one = ''] = providers;
    const removal = await remove({ oidcProviders: [one] });
    expect(removal.oidcProviders).toEqual([one]);
    expect(oidc.calls).toEqual([{ name: 'remove', args: [one] }]);
  });

  it('goes by the names the functions have', async () => {
    customer.setState({ parameters: { networkVerifierName: 'acme-network' } });
    logGroups = ['acme-network'];
    const removal = await remove({ deleteLogs: true });
    expect(removal.logGroups).toEqual([{ name: 'acme-network', kept: false }]);
  });
});

describe('removing what is gone already', () => {
  it('is no failure', async () => {
    customer.setState(undefined);
    logGroups = [];
    customer.platformApi.unregisterAccount = async () => 'not registered';
    expect(await remove({ deleteLogs: true })).toEqual({
      stack: 'not there',
      registration: 'not registered',
      logGroups: [],
      oidcProviders: [],
    });
  });

  it('is finished by a second run when the first was interrupted', async () => {
    customer.stack.fail('remove', awsError('cloudformation:DeleteStack', 'InternalFailure'));
    await expect(remove()).rejects.toMatchObject({ action: 'cloudformation:DeleteStack' });
    expect(await remove()).toMatchObject({ stack: 'removed' });
    expect(customer.state()).toBeUndefined();
  });

  it.each(['DELETE_FAILED', 'ROLLBACK_COMPLETE', 'UPDATE_ROLLBACK_FAILED'])(
    'removes a stack that is left in %s, the way in first',
    async (status) => {
      customer.setState({ status });
      expect(await remove()).toMatchObject({ stack: 'removed' });
      expect(customer.changes().at(0)).toBe(`removeStatement ${functionNames[0]}`);
      expect(customer.state()).toBeUndefined();
    },
  );

  it('knows the names of the functions from a stack that is gone while it waits', async () => {
    customer.setState({ status: 'DELETE_IN_PROGRESS', parameters: { networkVerifierName: 'acme-network' } });
    const shown = [customer.state()];
    customer.context.stack.state = async () => shown.shift();
    logGroups = ['acme-network'];
    expect(await remove({ deleteLogs: true })).toMatchObject({
      stack: 'removed',
      logGroups: [{ name: 'acme-network', kept: false }],
    });
  });
});

describe('removing stops', () => {
  it('before anything else is removed, when somebody could still invoke the functions', async () => {
    customer.functions.failOnce('removeStatement', 'rosa-network-verifier', 'AccessDeniedException');
    await expect(remove()).rejects.toThrow(/^rosa-network-verifier:prod may still be used/);
    expect(customer.state()).toBeDefined();
    expect(logGroups).toEqual(functionNames);
  });
});

describe('the registration', () => {
  it('may be for others to take back: all else is removed, and the refusal is told', async () => {
    customer.platformApi.fail('unregisterAccount', apiFailure('denied'));
    expect(await remove()).toMatchObject({
      stack: 'removed',
      registration: 'refused',
      registrationReason: expect.stringContaining('it said so'),
    });
  });

  it('stays when the Platform API does not answer: all else is removed, and that is told', async () => {
    customer.platformApi.fail('unregisterAccount', apiFailure('unavailable'));
    expect(await remove({ deleteLogs: true })).toMatchObject({
      stack: 'removed',
      registration: 'failed',
      registrationReason: expect.stringContaining('it said so'),
    });
    expect(customer.state()).toBeUndefined();
    expect(logGroups).toEqual([]);
  });

  it('is not asked for where no Platform API is known', async () => {
    customer.context.platformApi = undefined;
    expect(await remove()).toMatchObject({ stack: 'removed', registration: 'not asked for' });
  });
});
