import { beforeEach, describe, expect, it } from '@jest/globals';
import type { AccountSpec, AccountStatus } from '../../../../accounts/resources/account.ts';
import { accountRules } from '../../../../accounts/resources/account-rules.ts';
import { lookRequestedAt } from '../../../../shared/reconcile/reconcile.ts';
import { mustBeLookedAt } from '../../../../shared/reconcile/stream-changes.ts';
import { keyOf } from '../../../../shared/resources/resource.ts';
import { accountctl } from '../../../support/accountctl.ts';
import { anAccount, store } from '../../../support/fakes/account-resources.ts';
import { MemoryStore } from '../../../support/fakes/memory-store.ts';

const name = 'osd-creds-mgmt-aaaaaa';
const now = new Date('2026-03-01T09:00:00Z');
const awsAccountID = '123456789012';
const said = { type: 'AccountCreationFailed', status: 'True', reason: 'Why', message: 'because' } as const;
const failed: AccountStatus = { state: 'Failed', conditions: [said] };
const claimed = { claimLink: 'harbour', claimLinkNamespace: 'uhc' };

let resources: MemoryStore;
beforeEach(() => {
  resources = new MemoryStore({}, accountRules);
});

const run = (argv: string) => accountctl({ store: resources, now }, ...argv.split(' '));

const account = () => resources.get<AccountSpec, AccountStatus>(keyOf(anAccount({ name })));

const made = (spec: Partial<AccountSpec>, status?: AccountStatus) =>
  store(resources, anAccount({ name, finalizers: ['f'] }, { awsAccountID, ...spec }), status);

describe('accountctl reset', () => {
  it('takes an account that has failed back to its beginning, with its AWS account', async () => {
    await made({}, failed);
    const { exitCode, out } = await run(`reset account ${name}`);
    expect({ exitCode, out }).toEqual({
      exitCode: 0,
      out: `account.aws.managed.openshift.io/${name} reset; "accountctl get accounts --watch" shows how far it is\n`,
    });
    expect(await account()).toMatchObject({ spec: { awsAccountID }, status: { ...failed, state: '' } });
  });

  it('has it looked at, in the same write', async () => {
    await made({}, failed);
    const before = resources.changes.length;
    await run(`reset account/${name}`);
    const changes = resources.changes.slice(before);
    expect(changes.map(mustBeLookedAt)).toEqual([true]);
    expect((await account())?.metadata.annotations).toEqual({ [lookRequestedAt]: now.toISOString() });
  });

  it('tells programs what it has done', async () => {
    await made({}, failed);
    const { out } = await run(`reset acc ${name} -o json`);
    const namespace = 'aws-account-operator';
    expect(JSON.parse(out)).toEqual({ kind: 'Account', namespace, name, outcome: 'reset' });
  });

  it('resets an account that a customer has brought, which nobody else has ever had', async () => {
    await made({ ...claimed, byoc: true }, { ...failed, claimed: true });
    expect((await run(`reset account ${name}`)).exitCode).toBe(0);
  });

  it.each<[string, Partial<AccountSpec>, AccountStatus | undefined, RegExp]>([
    ['is Ready', {}, { state: 'Ready' }, /is Ready: only one that is Failed is reset/],
    ['was just made', {}, undefined, /has just been begun/],
    ['has a claim', claimed, failed, /is claimed by uhc\/harbour.*\n.*Delete the claim/],
    ['says that it is claimed', {}, { ...failed, claimed: true }, /is claimed: /],
    ['has served somebody', { legalEntity: { id: '7', name: 'seven' } }, failed, /has served a customer/],
    ['is to be reused', {}, { ...failed, reused: true }, /has served a customer/],
  ])('leaves one alone that %s, and says what to do', async (_, spec, status, message) => {
    await made(spec, status);
    const before = await account();
    const { exitCode, err } = await run(`reset account ${name}`);
    expect(exitCode).toBe(1);
    expect(err).toMatch(message);
    expect(await account()).toEqual(before);
  });

  it('leaves one alone that is being deleted', async () => {
    await made({}, failed);
    await resources.delete(keyOf(anAccount({ name })));
    const { exitCode, err } = await run(`reset account ${name}`);
    expect(exitCode).toBe(1);
    expect(err).toMatch(/is being deleted\n.*describe/);
  });

  it('does it again on what somebody else has written meanwhile', async () => {
    await made({}, failed);
    const others = new MemoryStore(
      { beforeCall: async (call) => (call === 'transact' ? disturb() : undefined) },
      accountRules,
    );
    await store(others, anAccount({ name }, { awsAccountID }), failed);
    let times = 0;
    async function disturb() {
      times += 1;
      const found = await others.get<AccountSpec, AccountStatus>(keyOf(anAccount({ name })));
      if (times === 1 && found)
        await others.update({ ...found, metadata: { ...found.metadata, labels: { a: 'b' } } });
    }
    const { exitCode } = await accountctl({ store: others, now }, 'reset', 'account', name);
    expect(exitCode).toBe(0);
    expect(await others.get(keyOf(anAccount({ name })))).toMatchObject({
      metadata: { labels: { a: 'b' } },
      status: { state: '' },
    });
  });
});

describe('accountctl rotate', () => {
  it('has the credentials of an account made anew, at once', async () => {
    await made(claimed, { state: 'Ready', claimed: true });
    const before = resources.changes.length;
    const { exitCode, out } = await run(`rotate account ${name}`);
    expect({ exitCode, out }).toMatchObject({
      exitCode: 0,
      out: expect.stringMatching(/is given new temporary credentials\n$/),
    });
    const rotated = { rotateCredentials: true, rotateConsoleCredentials: true };
    expect((await account())?.status).toEqual({ state: 'Ready', claimed: true, ...rotated });
    expect(resources.changes.slice(before).map(mustBeLookedAt)).toEqual([true]);
  });

  it.each<[string, Partial<AccountSpec>, AccountStatus, RegExp]>([
    ['is not Ready', {}, { state: 'Creating' }, /is not Ready/],
    ['is entered by roles', { manualSTSMode: true }, { state: 'Ready' }, /no temporary credentials/],
  ])('leaves one alone that %s', async (_, spec, status, message) => {
    await made(spec, status);
    const { exitCode, err } = await run(`rotate account ${name} -o json`);
    expect(exitCode).toBe(1);
    const { error } = JSON.parse(err);
    expect(error).toMatchObject({ code: 'NotPossible', message: expect.stringMatching(message) });
    expect((await account())?.status).toEqual(status);
  });
});

describe.each(['reset', 'rotate'])('accountctl %s', (command) => {
  it.each<[string, number, RegExp]>([
    ['account', 2, /a name is missing: which of the accounts/],
    ['accountpool p', 2, /to accounts, not to accountpools/],
    ['account nobody', 1, /there is no Account aws-account-operator\/nobody\n.*accountctl get/],
  ])('%s: says what is wrong', async (words, status, message) => {
    const { exitCode, err } = await run(`${command} ${words}`);
    expect(exitCode).toBe(status);
    expect(err).toMatch(message);
  });
});
