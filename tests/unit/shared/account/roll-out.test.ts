import { beforeEach, describe, expect, it } from '@jest/globals';
import type { RollOutRequest } from '../../../../shared/account/roll-out.ts';
import { awsError } from '../../../support/fakes/aws-errors.ts';
import {
  clmRole,
  type FakeCustomerAccount,
  fakeCustomerAccount,
  functionNames,
  rollOutIn,
} from '../../../support/fakes/customer-account.ts';

let customer: FakeCustomerAccount;

const run = (request?: Partial<RollOutRequest>) => rollOutIn(customer, request);

/** Each change once, without the name of the function it was made to. */
const kinds = () => [...new Set(customer.changes().map((change) => change.replace(/ rosa-.*/, '')))];

const all = (version: string | undefined) => Object.fromEntries(functionNames.map((name) => [name, version]));

beforeEach(() => {
  customer = fakeCustomerAccount();
});

describe('a first roll-out', () => {
  it('deploys, publishes, tries, and only then points the alias and lets the role in', async () => {
    await run();
    expect(kinds()).toEqual(['deploy', 'publish', 'invoke', 'createAlias', 'allowInvoke']);
    expect(customer.functions.versionsOf('prod')).toEqual(all('1'));
  });

  it('says which release is where, and who may invoke it', async () => {
    const { functions, ...said } = await run({ stage: 'prod' });
    expect(said).toEqual({
      release: '0123456789ab',
      stage: 'prod',
      authentication: 'resource-policy',
      clmRoleArn: clmRole,
    });
    expect(
      functions.map(({ component, name, version, published }) => [component, name, version, published]),
    ).toEqual([
      ['oidc-provisioner', 'rosa-oidc-provisioner', '1', true],
      ['preflight-checker', 'rosa-preflight-checker', '1', true],
      ['network-verifier', 'rosa-network-verifier', '1', true],
    ]);
  });

  it('gives the functions the names that were asked for', async () => {
    const { functions } = await run({ parameters: { oidcProvisionerName: 'acme-oidc' } });
    expect(functions.map(({ name }) => name)).toContain('acme-oidc');
  });

  it('is made good by the next when it has left no more than a bucket', async () => {
    customer.setState({ status: 'CREATE_COMPLETE' });
    await run({ parameters: { oidcProvisionerName: 'acme-oidc' } });
    expect(customer.functions.versionsOf('prod')).toMatchObject({ 'acme-oidc': '1' });
  });
});

describe('a roll-out that fails', () => {
  it('changes nothing when the packages are not those of the release', async () => {
    customer.context.release = async () => {
      throw new Error('one is not');
    };
    await expect(run()).rejects.toThrow('one is not');
    expect(customer.changes()).toEqual([]);
  });

  it('changes nothing when it is not known who may invoke the stage', async () => {
    const entry = () => Promise.reject(new Error('nobody knows'));
    await expect(run({ entry })).rejects.toThrow('nobody knows');
    expect(customer.changes()).toEqual([]);
  });

  it('publishes nothing when the deploy fails, and goes on where it stopped', async () => {
    customer.service.fail('deploy', awsError('cloudformation:UpdateStack', 'AccessDenied'));
    await expect(run()).rejects.toMatchObject({ failure: 'denied' });
    expect(customer.changes()).toEqual([]);
    await run();
    expect(customer.functions.versionsOf('prod')).toEqual(all('1'));
  });

  it('moves nothing when a version fails its dry run, and deploys no second time', async () => {
    customer.functions.willAnswer('rosa-network-verifier', { errorType: 'Broken', payload: {} });
    await expect(run()).rejects.toMatchObject({ name: 'SmokeTestFailure' });
    expect(customer.functions.versionsOf('prod')).toEqual(all(undefined));
    customer.changes();
    await run();
    expect(kinds()).toEqual(['invoke', 'createAlias', 'allowInvoke']);
  });
});

describe('the records of the dry runs', () => {
  const answered = { payload: { dry_run: true }, requestId: 'request-1' };

  it('are looked for by the ids of their invocations', async () => {
    const looked: string[][] = [];
    customer.context.findRecord = async (...which) => looked.push(which);
    customer.functions.willAnswer('rosa-oidc-provisioner', answered);
    await run();
    expect(looked.map(([name]) => name)).toEqual(functionNames);
    expect(looked).toContainEqual(['rosa-oidc-provisioner', 'request-1']);
  });

  it('have to be there: what cannot be audited is not rolled out', async () => {
    customer.context.findRecord = async (name) => (name === 'rosa-network-verifier' ? undefined : {});
    await expect(run()).rejects.toMatchObject({
      name: 'Refused',
      message: expect.stringContaining('rosa-network-verifier'),
    });
  });
});
