import { beforeEach, describe, expect, it } from '@jest/globals';
import { cleanupAccount } from '../../../../rosactl/commands/cleanup-account.ts';
import { setUpAccount } from '../../../../shared/account/set-up-account.ts';
import { Declined } from '../../../../shared/cli/declined.ts';
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

const fakeParts = () => ({
  oidcProviders: recorded({ list: async () => providers, remove: async (_arn: string) => {} }),
  logGroups: recorded({
    ensure: async () => {},
    present: async (_name: string) => true,
    remove: async (_name: string) => {},
  }),
});

let customer: FakeCustomerAccount;
let parts: ReturnType<typeof fakeParts>;

const run = (options: Record<string, true> = {}) => cleanupAccount.run(customer.context, options);
const removedOf = (part: 'oidcProviders' | 'logGroups') =>
  parts[part].calls.flatMap(({ name, args }) => (name === 'remove' ? args : []));

/** What the person is asked. */
const question = async (options: Record<string, true> = {}) => {
  const asked: string[] = [];
  customer.context.confirm = async (text) => void asked.push(text);
  await run(options);
  return asked.join();
};

beforeEach(async () => {
  parts = fakeParts();
  customer = fakeCustomerAccount(parts);
  await setUpAccount(customer.context, { parameters: {}, accessMode: 'lambda' });
  customer.changes();
});

describe('cleanup-account', () => {
  it('removes the stack and the registration, keeps log groups and OIDC providers, and tells of both', async () => {
    const { exitCode, data, lines } = await run();
    expect(exitCode).toBe(0);
    expect(customer.state()).toBeUndefined();
    expect(removedOf('logGroups')).toEqual([]);
    expect(parts.oidcProviders.calls).toEqual([]);
    expect(data).toEqual({
      stack: 'removed',
      registration: 'unregistered',
      logGroups: functionNames.map((name) => ({ name, kept: true })),
      oidcProviders: [],
    });
    expect(lines.join('\n')).toMatch(/Kept, with their records: rosa-oidc-provisioner.*--delete-logs/);
  });

  it('tells of the archive of the logs, which it never deletes', async () => {
    const physicalId = async (id: string) => (id === 'LogArchiveBucket' ? 'the-archive' : undefined);
    customer.context.stack = { ...customer.context.stack, physicalId };
    const { data, lines } = await run({ deleteLogs: true });
    expect(data).toMatchObject({ archiveBucket: 'the-archive' });
    expect(lines.join('\n')).toContain('Kept, with the archived logs: the bucket the-archive');
  });

  it('deletes the log groups with --delete-logs', async () => {
    const { lines } = await run({ deleteLogs: true });
    expect(removedOf('logGroups')).toEqual(functionNames);
    expect(lines.join('\n')).toMatch(/Deleted: log groups of rosa-oidc-provisioner/);
  });

  it('deletes with --delete-oidc-providers those that were listed', async () => {
    const { data, lines } = await run({ deleteOidcProviders: true });
    expect(removedOf('oidcProviders')).toEqual(providers);
    expect(data).toMatchObject({ oidcProviders: providers });
    expect(lines).toEqual(expect.arrayContaining(providers.map((arn) => expect.stringContaining(arn))));
  });

  it('has nothing to do the second time, and says so', async () => {
    await run();
    const { exitCode, data, lines } = await run();
    expect(exitCode).toBe(0);
    expect(data).toMatchObject({ stack: 'not there' });
    expect(lines[0]).toMatch(/no stack/);
  });

  it('is refused by nobody but the platform: the exit code says so, and the lines whom to ask', async () => {
    customer.platformApi.fail('unregisterAccount', apiFailure('denied'));
    const { exitCode, data, lines } = await run();
    expect(exitCode).toBe(3);
    expect(data).toMatchObject({ stack: 'removed', registration: 'refused' });
    expect(lines.join('\n')).toMatch(/still knows the account.*it said so[\s\S]*Ask the people/);
  });

  it('takes back all else when the Platform API is down, and says what remains', async () => {
    customer.platformApi.fail('unregisterAccount', apiFailure('unavailable'));
    const { exitCode, data, lines } = await run();
    expect(exitCode).toBe(5);
    expect(data).toMatchObject({ stack: 'removed', registration: 'failed' });
    expect(lines.join('\n')).toMatch(/still knows the account.*it said so[\s\S]*run the same command again/);
  });
});

describe('the question before it', () => {
  it('names account and region, and says that the log groups stay', async () => {
    expect(await question()).toMatch(/account 123456789012 in us-east-1; the log groups stay/);
  });

  it('says so when the records go, too', async () => {
    const text = await question({ deleteLogs: true });
    expect(text).toMatch(/LOG GROUPS/);
    expect(text).not.toMatch(/log groups stay|OIDC/);
  });

  it('names each OIDC provider that would go', async () => {
    const text = await question({ deleteOidcProviders: true });
    for (const arn of providers) expect(text).toContain(arn);
  });

  it('changes nothing unless the answer is yes', async () => {
    customer.context.confirm = () => Promise.reject(new Declined('no'));
    await expect(run({ deleteLogs: true, deleteOidcProviders: true })).rejects.toMatchObject({
      name: 'Declined',
    });
    expect(customer.changes()).toEqual([]);
    expect([...removedOf('logGroups'), ...removedOf('oidcProviders')]).toEqual([]);
  });
});
