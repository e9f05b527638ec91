import { beforeEach, describe, expect, it } from '@jest/globals';
import { type SetUpRequest, setUpAccount } from '../../../../shared/account/set-up-account.ts';
import type { PolicyStatement } from '../../../../shared/release/lambda-functions.ts';
import {
  clmRole,
  type FakeCustomerAccount,
  fakeCustomerAccount,
  functionNames,
  otherRole,
} from '../../../support/fakes/customer-account.ts';
import { apiFailure, fakePlatformApi } from '../../../support/fakes/platform-api.ts';

const strangersRole = 'arn:aws:iam::444455556666:role/Stranger';

let customer: FakeCustomerAccount;

const setUp = (request: Partial<SetUpRequest> = {}) =>
  setUpAccount(customer.context, { parameters: {}, accessMode: 'lambda', ...request });

/** An account whose Platform API tells this role, or none. */
const toldBy = (clmRoleArn?: string) => {
  const platformApi = { ...fakePlatformApi(), info: async () => ({ clmRoleArn }) };
  return fakeCustomerAccount({ platformApi });
};

/** Whom each function's prod lets in. */
const letIn = async () => {
  const policies = await Promise.all(functionNames.map((name) => customer.functions.policy(name, 'prod')));
  return policies.map((statements) => statements.map(({ Principal }) => Principal));
};

const onlyRole = (role: string) => functionNames.map(() => [{ AWS: role }]);

const stranger = (Principal: PolicyStatement['Principal']): PolicyStatement => ({
  Sid: 'Stranger',
  Effect: 'Allow',
  Principal,
  Action: 'lambda:InvokeFunction',
  Resource: '*',
});

beforeEach(() => {
  customer = toldBy(clmRole);
});

describe('the role that is let in', () => {
  it('is the one asked for, whatever the Platform API tells', async () => {
    await setUp({ clmRoleArn: otherRole });
    expect(await letIn()).toEqual(onlyRole(otherRole));
  });

  it('is the one the Platform API tells, when none is asked for', async () => {
    await setUp();
    expect(await letIn()).toEqual(onlyRole(clmRole));
  });

  it('is the one that may already, when the Platform API does not tell', async () => {
    customer = toldBy();
    await setUp({ clmRoleArn: otherRole });
    expect(await setUp()).toMatchObject({ clmRoleArn: otherRole });
    expect(await letIn()).toEqual(onlyRole(otherRole));
  });

  it('is never a stranger that somebody has let in by hand', async () => {
    customer = toldBy();
    await setUp({ clmRoleArn: otherRole });
    const { functions } = customer;
    for (const name of functionNames) {
      const own = await functions.policy(name, 'prod');
      for (const { Sid } of own) await functions.removeStatement(name, 'prod', Sid);
      functions.addStatement(name, 'prod', stranger({ AWS: strangersRole }));
      for (const statement of own) functions.addStatement(name, 'prod', statement);
    }
    await setUp();
    expect(await letIn()).toEqual(onlyRole(otherRole));
  });
});

describe('an account is not touched', () => {
  it('when nobody knows which role to let in, and the sentence says how to tell', async () => {
    customer = toldBy();
    await expect(setUp()).rejects.toMatchObject({
      name: 'Refused',
      message: expect.stringContaining('--clm-role-arn'),
    });
    expect(customer.changes()).toEqual([]);
  });

  it.each([
    ['*', '*'],
    ['an account', '111122223333'],
    ['an account root', 'arn:aws:iam::111122223333:root'],
    ['a user', 'arn:aws:iam::111122223333:user/admin'],
  ])('when the Platform API tells %s', async (_what, principal) => {
    customer = toldBy(principal);
    await expect(setUp()).rejects.toMatchObject({
      name: 'Refused',
      message: expect.stringContaining(principal),
    });
    expect(customer.changes()).toEqual([]);
  });

  it('when the Platform API cannot be asked', async () => {
    const platformApi = fakePlatformApi();
    platformApi.fail('info', apiFailure('unavailable'));
    customer = fakeCustomerAccount({ platformApi });
    await expect(setUp()).rejects.toMatchObject({ failure: 'unavailable' });
    expect(customer.changes()).toEqual([]);
  });
});
