import { beforeEach, describe, expect, it } from '@jest/globals';
import { setupAccount } from '../../../../rosactl/commands/setup-account.ts';
import { accessRolePermissions, externalId } from '../../../support/fakes/access-role.ts';
import {
  clmRole,
  type FakeCustomerAccount,
  fakeCustomerAccount,
  functionNames,
  otherRole,
} from '../../../support/fakes/customer-account.ts';
import { apiFailure } from '../../../support/fakes/platform-api.ts';

let customer: FakeCustomerAccount;

const run = (options: Record<string, string | true> = {}) => setupAccount.run(customer.context, options);

beforeEach(() => {
  customer = fakeCustomerAccount();
});

describe('setup-account', () => {
  it('sets the account up and tells programs all of it', async () => {
    const { exitCode, data } = await run();
    expect(exitCode).toBe(0);
    expect(data).toEqual({
      account: '123456789012',
      region: 'us-east-1',
      release: '0123456789ab',
      authentication: 'resource-policy',
      clmRoleArn: clmRole,
      registration: { status: 'registered', accessMode: 'lambda' },
      functions: functionNames.map((name) => ({
        component: name.replace('rosa-', ''),
        name,
        version: '1',
        before: null,
        published: true,
      })),
    });
  });

  it('takes the role and the parameters from its options', async () => {
    const { data } = await run({ clmRoleArn: otherRole, logRetentionDays: '365', skipInit: true });
    expect(data).toMatchObject({ clmRoleArn: otherRole });
    expect(customer.state()?.parameters).toMatchObject({ logRetentionDays: '365' });
  });

  it('has the platform assume a role when that is asked for, and says how', async () => {
    customer.platformApi.info = async () => ({ clmRoleArn: clmRole, externalId });
    const executionRoles = accessRolePermissions();
    Object.assign(customer.context, { executionRoles });
    const { exitCode, lines } = await run({ authentication: 'assume-role' });
    expect(exitCode).toBe(0);
    expect(lines).toContain(
      `✔ ${clmRole} may assume RosaRegionalPlatformAccess-us-east-1 with the external id ${externalId}, which may invoke prod.`,
    );
  });

  it('has the exit code of credentials when the platform may not be told', async () => {
    customer.platformApi.fail('registerAccount', apiFailure('denied'));
    const { exitCode, data } = await run();
    expect(exitCode).toBe(3);
    expect(data).toMatchObject({ registration: { status: 'refused' } });
  });

  it.each(['*', '111122223333', 'arn:aws:iam::111122223333:root'])('takes no role %s', (value) => {
    const option = setupAccount.options.find(({ flags }) => flags.startsWith('--clm-role-arn'));
    expect(option?.problem?.(value)).toContain(value);
    expect(option?.problem?.(clmRole)).toBeUndefined();
  });
});

describe('the checks before it', () => {
  it('stop it before anything is changed', async () => {
    customer.context.accountRegion = async () => ({ optInStatus: 'not-opted-in' });
    await expect(run()).rejects.toMatchObject({ name: 'Refused' });
    expect(customer.changes()).toEqual([]);
  });

  it('are shown, and include the Platform API only where one is known', async () => {
    const found: string[][] = [];
    customer.context.tasks = {
      run: async (title, work) => {
        const said: string[] = [];
        const value = await work((text) => said.push(text));
        found.push([title, ...said]);
        return value;
      },
    };
    customer.context.platformApi = undefined;
    await run({ clmRoleArn: clmRole });
    expect(found.slice(0, 2)).toEqual([
      [expect.any(String), expect.stringContaining('123456789012')],
      [expect.any(String), expect.stringContaining('us-east-1')],
    ]);
    expect(found.flat().join()).not.toMatch(/Platform API/);
  });

  it('are left out with --skip-init', async () => {
    customer.platformApi.fail('live', apiFailure('unavailable'));
    await expect(run({ skipInit: true })).resolves.toMatchObject({ exitCode: 0 });
  });
});

describe('setup-account --dry-run', () => {
  it('shows what would be made and changes nothing', async () => {
    const { exitCode, data, lines } = await run({ dryRun: true, logRetentionDays: '365' });
    expect(exitCode).toBe(0);
    expect(customer.changes()).toEqual([]);
    expect(customer.service.calls.map(({ name }) => name)).toEqual(['template']);
    expect(data).toMatchObject({
      logGroups: expect.arrayContaining([expect.objectContaining({ retentionDays: 365 })]),
    });
    expect(lines[0]).toMatch(/Nothing has been changed/);
  });

  it('finds the same faults before', async () => {
    customer.platformApi.fail('live', apiFailure('unavailable'));
    await expect(run({ dryRun: true })).rejects.toMatchObject({ name: 'PlatformApiError' });
  });
});
