import { beforeEach, describe, expect, it } from '@jest/globals';
import type { RollOutRequest } from '../../../../shared/account/roll-out.ts';
import {
  type FakeCustomerAccount,
  fakeCustomerAccount,
  functionNames,
  rollOutIn,
} from '../../../support/fakes/customer-account.ts';
import { fakeRelease } from '../../../support/fakes/status-sources.ts';

let customer: FakeCustomerAccount;

const run = (request?: Partial<RollOutRequest>) => rollOutIn(customer, request);

/** The parameters of the deploys since the first. */
const deployed = () => customer.service.calls.slice(1).map(({ args: [request] }) => request);

beforeEach(async () => {
  customer = fakeCustomerAccount();
  await run({ parameters: { logRetentionDays: '365' } });
  customer.changes();
});

describe('a roll-out of what is there already', () => {
  it('tries the versions and changes nothing', async () => {
    await run();
    expect(customer.changes()).toEqual(functionNames.map((name) => `invoke ${name} 1`));
  });

  it('changes nothing either when the same parameters are asked for again', async () => {
    await run({ parameters: { logRetentionDays: '365', oidcProvisionerName: 'rosa-oidc-provisioner' } });
    expect(deployed()).toEqual([]);
  });

  it('gives another stage the very versions without a deploy', async () => {
    await run({ stage: 'staging' });
    expect(deployed()).toEqual([]);
    expect(customer.functions.versionsOf('staging')).toEqual(customer.functions.versionsOf('prod'));
  });
});

describe('a function that somebody has deleted', () => {
  it('stops it, since CloudFormation cannot make it again, and says what to do', async () => {
    customer.functions.remove('rosa-network-verifier');
    await expect(run()).rejects.toThrow(/rosa-network-verifier was deleted.*cleanup-account.*setup-account/);
    expect(customer.changes()).toEqual([]);
  });
});

describe('the stack is deployed again', () => {
  it('with all of its parameters, when one of them is to be another', async () => {
    await run({ parameters: { tracing: 'true' } });
    expect(deployed()).toEqual([
      expect.objectContaining({
        parameters: expect.objectContaining({ tracing: 'true', logRetentionDays: '365' }),
      }),
    ]);
  });

  it('when the code of one function was changed by hand', async () => {
    customer.functions.deploy('rosa-network-verifier', 'code of a stranger');
    await run();
    expect(deployed()).toHaveLength(1);
  });

  it('when it has another release', async () => {
    customer.context.release = async () => ({ ...fakeRelease(), id: 'ffffffffffff' });
    await run();
    expect(customer.state()).toMatchObject({ release: 'ffffffffffff' });
  });

  it('when an update to this release was rolled back', async () => {
    customer.setState({ status: 'UPDATE_ROLLBACK_COMPLETE', release: 'the one before' });
    await run();
    expect(customer.state()).toMatchObject({ status: 'UPDATE_COMPLETE', release: '0123456789ab' });
  });

  it('when the first deploy has failed, after what is left of it was removed', async () => {
    customer.setState({ status: 'ROLLBACK_COMPLETE' });
    await run();
    expect(customer.changes().slice(0, 2)).toEqual(['remove stack', 'deploy']);
  });
});

describe('a roll-out is refused before anything is changed', () => {
  it.each([
    ['oidcProvisionerName', 'acme-oidc'],
    ['preflightCheckerName', 'acme-preflight'],
    ['networkVerifierName', 'acme-network'],
  ])('when %s is to be another: versions, aliases and the ARN would be lost', async (parameter, name) => {
    await expect(run({ parameters: { [parameter]: name } })).rejects.toMatchObject({
      name: 'Refused',
      message: expect.stringMatching(new RegExp(`rosa-[a-z-]+ .*${name}.*cleanup-account`)),
    });
    expect(customer.changes()).toEqual([]);
  });

  it('when a function with a name of its own is to have the default again', async () => {
    customer.setState({ parameters: { oidcProvisionerName: 'acme-oidc' } });
    await expect(run({ parameters: { oidcProvisionerName: '' } })).rejects.toMatchObject({ name: 'Refused' });
    expect(customer.changes()).toEqual([]);
  });

  it.each(['networkVerifierSubnetIds', 'networkVerifierSecurityGroupIds'])(
    'when only %s is there, and the other is in the stack neither',
    async (parameter) => {
      await expect(run({ parameters: { [parameter]: 'some-1' } })).rejects.toMatchObject({
        name: 'Refused',
        message: expect.stringContaining('--network-verifier-security-group-ids'),
      });
      expect(customer.changes()).toEqual([]);
    },
  );

  it('when only a person can help the stack', async () => {
    customer.setState({ status: 'UPDATE_ROLLBACK_FAILED' });
    await expect(run()).rejects.toMatchObject({ name: 'StackFailure' });
    expect(customer.changes()).toEqual([]);
  });
});

describe('subnets and security groups of the network verifier', () => {
  const both = { networkVerifierSubnetIds: 'subnet-1', networkVerifierSecurityGroupIds: 'sg-1' };

  it('may be given both', async () => {
    await run({ parameters: both });
    expect(customer.state()?.parameters).toMatchObject(both);
  });

  it('may be changed one by one once both are there', async () => {
    await run({ parameters: both });
    await run({ parameters: { networkVerifierSubnetIds: 'subnet-2' } });
    expect(customer.state()?.parameters).toMatchObject({ ...both, networkVerifierSubnetIds: 'subnet-2' });
  });

  it('may not be taken away one by one', async () => {
    await run({ parameters: both });
    await expect(run({ parameters: { networkVerifierSubnetIds: '' } })).rejects.toMatchObject({
      name: 'Refused',
    });
  });
});
