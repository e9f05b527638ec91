import { beforeEach, describe, expect, it } from '@jest/globals';
import { setUpAccount } from '../../../../shared/account/set-up-account.ts';
import { updateLambdas } from '../../../../shared/account/update-lambdas.ts';
import type { Stage } from '../../../../shared/release/stages.ts';
import {
  clmRole,
  type FakeCustomerAccount,
  fakeCustomerAccount,
  functionNames,
  otherRole,
} from '../../../support/fakes/customer-account.ts';
import { fakeRelease } from '../../../support/fakes/status-sources.ts';

let customer: FakeCustomerAccount;

const update = (stage: Stage, parameters: Record<string, string> = {}) =>
  updateLambdas(customer.context, { stage, parameters });

const newRelease = () => {
  const { functions, ...rest } = fakeRelease();
  const changed = functions.map((one) => ({ ...one, codeSha256: 'code2' }));
  return { ...rest, id: 'ffffffffffff', functions: changed };
};

const all = (version: string | undefined) => Object.fromEntries(functionNames.map((name) => [name, version]));

const principals = async (stage: Stage) => {
  const policies = await Promise.all(functionNames.map((name) => customer.functions.policy(name, stage)));
  return policies.map((statements) => statements.map(({ Principal }) => Principal));
};

/** Makes somebody's statement the only one on prod of the first function. */
const letInByHand = async (Sid: string, Principal: string | Record<string, string>) => {
  const [name = ''] = functionNames;
  const { functions } = customer;
  for (const own of await functions.policy(name, 'prod'))
    await functions.removeStatement(name, 'prod', own.Sid);
  const Action = 'lambda:InvokeFunction';
  functions.addStatement(name, 'prod', { Sid, Effect: 'Allow', Principal, Action, Resource: '*' });
};

beforeEach(async () => {
  customer = fakeCustomerAccount();
  await setUpAccount(customer.context, { parameters: {}, clmRoleArn: otherRole, accessMode: 'lambda' });
  customer.changes();
  customer.context.release = async () => newRelease();
});

describe('an update', () => {
  it('brings the release to its stage and leaves the others where they are', async () => {
    await update('staging');
    expect(customer.functions.versionsOf('staging')).toEqual(all('2'));
    expect(customer.functions.versionsOf('prod')).toEqual(all('1'));
  });

  it('leaves it as it is who may invoke prod, whatever the Platform API tells', async () => {
    expect(await update('prod')).toMatchObject({ clmRoleArn: otherRole });
    expect(await principals('prod')).toEqual(functionNames.map(() => [{ AWS: otherRole }]));
  });

  it('lets nobody in from outside on the other stages', async () => {
    const { clmRoleArn } = await update('staging');
    expect(clmRoleArn).toBeUndefined();
    expect(await principals('staging')).toEqual([[], [], []]);
  });

  it('lets nobody in where nobody was let in', async () => {
    const { functions } = customer;
    for (const name of functionNames)
      for (const { Sid } of await functions.policy(name, 'prod'))
        await functions.removeStatement(name, 'prod', Sid);
    await update('prod');
    expect(await principals('prod')).toEqual([[], [], []]);
  });

  it('changes the parameters that were asked for with it', async () => {
    await update('staging', { tracing: 'true' });
    expect(customer.state()?.parameters).toMatchObject({ tracing: 'true', logRetentionDays: '90' });
  });

  it('does not register the account', async () => {
    await update('prod');
    expect(customer.changes()).not.toContain('register');
  });
});

describe('a stranger that somebody has let in by hand', () => {
  it('is let in nowhere after an update of prod', async () => {
    await letInByHand('Stranger', '*');
    await update('prod');
    expect(await principals('prod')).toEqual(functionNames.map(() => [{ AWS: otherRole }]));
  });

  it('under our own name stops the update of prod before it changes anything', async () => {
    await letInByHand('AllowRosaRegionalPlatformInvoke', '*');
    await expect(update('prod')).rejects.toMatchObject({
      name: 'Refused',
      message: expect.stringContaining('setup-account'),
    });
    expect(customer.service.calls.filter(({ name }) => name === 'deploy')).toHaveLength(1);
  });
});

describe('an update is refused', () => {
  it('where nothing is set up, and says what to do first', async () => {
    customer.setState(undefined);
    await expect(update('prod')).rejects.toMatchObject({
      name: 'Refused',
      message: expect.stringContaining('setup-account'),
    });
    expect(customer.changes()).toEqual([]);
  });

  it('when it would replace a function', async () => {
    await expect(update('staging', { networkVerifierName: 'acme' })).rejects.toMatchObject({
      name: 'Refused',
    });
    expect(customer.changes()).toEqual([]);
  });

  it('is refused when the functions let in different roles, as an interrupted exchange leaves them', async () => {
    await letInByHand('AllowRosaRegionalPlatformInvoke', { AWS: clmRole });
    customer.changes();
    await expect(update('prod')).rejects.toThrow(/different roles .*setup-account --clm-role-arn/);
    expect(customer.changes()).toEqual([]);
  });
});
