import { beforeEach, describe, expect, it } from '@jest/globals';
import { updateLambdas } from '../../../../rosactl/commands/update-lambdas.ts';
import { failureOf } from '../../../../rosactl/failure.ts';
import { setUpAccount } from '../../../../shared/account/set-up-account.ts';
import { stages } from '../../../../shared/release/stages.ts';
import {
  type FakeCustomerAccount,
  fakeCustomerAccount,
  functionNames,
} from '../../../support/fakes/customer-account.ts';
import { fakeRelease } from '../../../support/fakes/status-sources.ts';

let customer: FakeCustomerAccount;

const run = (options: Record<string, string | true> = {}) => updateLambdas.run(customer.context, options);

const newRelease = () => {
  const { functions, ...rest } = fakeRelease();
  return {
    ...rest,
    id: 'ffffffffffff',
    functions: functions.map((one) => ({ ...one, codeSha256: 'code2' })),
  };
};

beforeEach(async () => {
  customer = fakeCustomerAccount();
  await setUpAccount(customer.context, { parameters: {}, accessMode: 'lambda' });
  customer.changes();
  customer.context.release = async () => newRelease();
});

describe('update-lambdas', () => {
  it('brings the release to staging unless it is told where, and says how to go on', async () => {
    const { exitCode, data, lines } = await run();
    expect(exitCode).toBe(0);
    expect(data).toEqual({
      stage: 'staging',
      functions: functionNames.map((name) => ({ name, from: null, to: '2', canary: null })),
    });
    expect(lines.at(-1)).toMatch(/test-lambda --alias staging.*promote-lambdas --from staging --to prod/);
  });

  it('brings it to prod when told to, and says how to take it back', async () => {
    const { data, lines } = await run({ alias: 'prod' });
    expect(data).toMatchObject({ stage: 'prod', functions: [{ from: '1', to: '2' }, {}, {}] });
    expect(lines.at(-1)).toMatch(/rollback-lambdas/);
  });

  it('says so when there is nothing to do', async () => {
    await run();
    const { lines } = await run();
    expect(lines.at(-1)).toMatch(/^Nothing to do/);
  });

  it('changes the parameters that are given with it, and no others', async () => {
    await run({ tracing: 'true' });
    expect(customer.state()?.parameters).toMatchObject({ tracing: 'true', logRetentionDays: '90' });
  });

  it('knows the stages there are', () => {
    const option = updateLambdas.options.find(({ flags }) => flags.startsWith('--alias'));
    expect(option?.choices).toEqual(stages);
  });

  it('is refused where nothing is set up', async () => {
    customer.setState(undefined);
    const error = await run().catch((thrown: unknown) => thrown);
    expect(failureOf(error)).toMatchObject({ code: 'Refused', exitCode: 1 });
    expect(customer.changes()).toEqual([]);
  });
});
