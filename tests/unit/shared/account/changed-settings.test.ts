import { beforeEach, describe, expect, it } from '@jest/globals';
import type { RollOutRequest } from '../../../../shared/account/roll-out.ts';
import type { FunctionConfiguration } from '../../../../shared/status/settings.ts';
import {
  type FakeCustomerAccount,
  fakeCustomerAccount,
  functionNames,
  rollOutIn,
} from '../../../support/fakes/customer-account.ts';

let customer: FakeCustomerAccount;

const run = (request?: Partial<RollOutRequest>) => rollOutIn(customer, request);

/** Changes the first function as somebody does by hand. */
const changeByHand = (differences: Partial<FunctionConfiguration>) => {
  const { configuration } = customer.context.configurations;
  customer.context.configurations = {
    configuration: async (name) => {
      const found = await configuration(name);
      return found && name === functionNames[0] ? { ...found, ...differences } : found;
    },
  };
};

beforeEach(async () => {
  customer = fakeCustomerAccount();
  await run();
  customer.changes();
});

describe('a setting that somebody has changed by hand', () => {
  it('is not published, and the command that sets it back is told', async () => {
    changeByHand({ Timeout: 77 });
    await expect(run()).rejects.toMatchObject({
      name: 'Refused',
      message: expect.stringMatching(/Timeout 77 instead of \d+.*--function-name \S+ --timeout \d+"/),
    });
    expect(customer.changes()).toEqual([]);
  });

  it('is not published when it is the role', async () => {
    changeByHand({ roleArn: 'arn:aws:iam::123456789012:role/evil' });
    customer.context.stack = { ...customer.context.stack, physicalId: async (id) => `stack-${id}` };
    await expect(run()).rejects.toThrow(
      /role\/evil instead of .*--role arn:aws:iam::123456789012:role\/stack-/,
    );
  });

  it('is found after a deploy as well, which does not take it back', async () => {
    changeByHand({ MemorySize: 4096 });
    await expect(run({ parameters: { tracing: 'true' } })).rejects.toThrow(/MemorySize 4096 instead of/);
    expect(customer.changes()).toEqual(['deploy']);
  });
});

describe('a stack that has another release after the deploy', () => {
  it('stops it: it went somewhere else', async () => {
    customer.context.service = { ...customer.context.service, deploy: async () => {} };
    await expect(run({ parameters: { tracing: 'true' } })).resolves.toBeDefined();
    customer.setState({ release: 'aaaaaaaaaaaa' });
    await expect(run({ parameters: { tracing: 'true' } })).rejects.toMatchObject({ name: 'StackFailure' });
  });
});
