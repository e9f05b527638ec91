import { beforeEach, describe, expect, it } from '@jest/globals';
import { cleanupAccess } from '../../../../rosactl/commands/cleanup-access.ts';
import { failureOf } from '../../../../rosactl/failure.ts';
import { setUpAccount } from '../../../../shared/account/set-up-account.ts';
import { Declined } from '../../../../shared/cli/declined.ts';
import { Refused } from '../../../../shared/release/refused.ts';
import { stages } from '../../../../shared/release/stages.ts';
import {
  type FakeCustomerAccount,
  fakeCustomerAccount,
  functionNames,
} from '../../../support/fakes/customer-account.ts';

let customer: FakeCustomerAccount;

const run = () => cleanupAccess.run(customer.context, {});
const left = async () =>
  (await Promise.all(functionNames.map((name) => customer.functions.policy(name, 'prod')))).flat();

beforeEach(async () => {
  customer = fakeCustomerAccount();
  await setUpAccount(customer.context, { parameters: {}, accessMode: 'lambda' });
  customer.changes();
});

describe('cleanup-access', () => {
  it('lets nobody in any more, leaves what runs, and says so of every stage', async () => {
    const { exitCode, data, lines } = await run();
    expect(exitCode).toBe(0);
    expect(await left()).toEqual([]);
    expect(customer.functions.versionsOf('prod')).toEqual(
      Object.fromEntries(functionNames.map((name) => [name, '1'])),
    );
    expect(data).toEqual({
      places: functionNames.flatMap((name) =>
        [...stages, null].map((stage) => ({ name, stage, removed: stage === 'prod' ? 1 : 0 })),
      ),
    });
    expect(lines.at(-1)).toMatch(/rosactl setup-account/);
  });

  it('asks first, and names the functions', async () => {
    const asked: string[] = [];
    customer.context.confirm = async (question) => void asked.push(question);
    await run();
    expect(asked).toEqual([expect.stringContaining(functionNames.join(', '))]);
  });

  it('changes nothing unless the answer is yes', async () => {
    customer.context.confirm = () => Promise.reject(new Declined('no'));
    await expect(run()).rejects.toMatchObject({ name: 'Declined' });
    expect(customer.changes()).toEqual([]);
  });

  it('changes nothing where nothing is deployed', async () => {
    customer.context.installed = () => Promise.reject(new Refused('nothing is deployed'));
    const error = await run().catch((thrown: unknown) => thrown);
    expect(failureOf(error)).toMatchObject({ code: 'Refused', exitCode: 1 });
    expect(customer.changes()).toEqual([]);
  });

  it('ends with the exit code of the first failure, and names what is still open', async () => {
    customer.functions.failOnce('removeStatement', 'rosa-oidc-provisioner', 'AccessDeniedException');
    const error = await run().catch((thrown: unknown) => thrown);
    expect(failureOf(error)).toMatchObject({
      exitCode: 3,
      message: expect.stringContaining('rosa-oidc-provisioner:prod'),
    });
    expect(await left()).toHaveLength(1);
  });
});
