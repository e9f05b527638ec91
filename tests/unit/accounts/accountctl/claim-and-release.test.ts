import { beforeEach, describe, expect, it } from '@jest/globals';
import type { AccountClaimSpec, AccountClaimStatus } from '../../../../accounts/resources/account-claim.ts';
import { accountRules } from '../../../../accounts/resources/account-rules.ts';
import { awsFinalizer } from '../../../../accounts/resources/api.ts';
import { keyOf } from '../../../../shared/resources/resource.ts';
import { accountctl, type Surroundings } from '../../../support/accountctl.ts';
import { aClaim, anAccount, aPool, store } from '../../../support/fakes/account-resources.ts';
import { MemoryStore } from '../../../support/fakes/memory-store.ts';

let resources: MemoryStore;
beforeEach(() => {
  resources = new MemoryStore({}, accountRules);
});

const run = (argv: string, rest: Partial<Surroundings> = {}) =>
  accountctl({ store: resources, ...rest }, ...argv.split(' '));

const asked = 'claim harbour -n pier --legal-entity 111=Example --regions us-east-1,eu-west-1';

describe('accountctl claim', () => {
  it('makes the claim that its manifest would', async () => {
    const { exitCode, out } = await run(`${asked} --pool big --secret keys`);
    expect({ exitCode, out }).toEqual({
      exitCode: 0,
      out: 'accountclaim.aws.managed.openshift.io/harbour created\n',
    });
    const key = { kind: 'AccountClaim', namespace: 'pier', name: 'harbour' };
    expect((await resources.get(key))?.spec).toEqual({
      accountLink: '',
      legalEntity: { id: '111', name: 'Example' },
      awsCredentialSecret: { name: 'keys', namespace: 'pier' },
      aws: { regions: [{ name: 'us-east-1' }, { name: 'eu-west-1' }] },
      accountPool: 'big',
    });
  });

  it('changes nothing the second time', async () => {
    await run(asked);
    expect((await run(asked)).out).toMatch(/unchanged/);
  });

  it.each([
    ['claim harbour --regions us-east-1', 2, /legal-entity/],
    ['claim harbour --legal-entity 1', 2, /regions/],
    ['claim Harbour! --legal-entity 1 --regions us-east-1', 1, /name/],
  ])('refuses "%s"', async (argv, status, message) => {
    const { exitCode, err } = await run(argv);
    expect(exitCode).toBe(status);
    expect(err).toMatch(message);
  });
});

describe('accountctl release', () => {
  it('deletes the claim, when the person says yes', async () => {
    await store(resources, aClaim({ finalizers: [awsFinalizer] }));
    expect((await run('release harbour', { answer: 'n' })).exitCode).toBe(6);
    const { out } = await run('release harbour', { answer: 'y' });
    expect(out).toMatch(/harbour is being deleted/);
    expect((await resources.get(keyOf(aClaim())))?.metadata.deletionTimestamp).toBeDefined();
  });
});

const pending: AccountClaimStatus = { state: 'Pending', conditions: [] };

async function why(
  spec: Partial<AccountClaimSpec> = {},
  status: AccountClaimStatus | undefined = pending,
): Promise<string> {
  await store(resources, aClaim({}, spec), status);
  const { out } = await run('describe accountclaim harbour --why');
  return out.slice(out.indexOf('\nWhy\n'));
}

/** A pool with such counts. */
const supply = (status: object) =>
  store(resources, aPool(), { poolSize: 3, unclaimedAccounts: 0, claimedAccounts: 0, ...status });

describe('accountctl describe --why', () => {
  it.each<[string, Partial<AccountClaimSpec>, AccountClaimStatus, RegExp]>([
    ['contradicts itself', { manualSTSMode: true }, pending, /stsRoleARN is empty.*\n.*apply it again/],
    ['is Ready', { accountLink: 'a' }, { state: 'Ready', conditions: [] }, /has a: nothing is amiss/],
    [
      'has stopped',
      {},
      {
        state: 'Error',
        conditions: [{ type: 'X', status: 'True', reason: 'AWSSecretTaken', message: 'it is' }],
      },
      /has stopped \(AWSSecretTaken\): it is/,
    ],
    ['names no pool there is', { accountPool: 'none' }, pending, /waits for .* pool none.\n.*no such pool/],
  ])('says that a claim %s', async (_, spec, status, what) => {
    expect(await why(spec, status)).toMatch(what);
  });

  it.each<[string, object, RegExp]>([
    ['accounts are there', { availableAccounts: 2 }, /has 2: it gets one within a minute/],
    ['they are on their way', { accountsProgressing: 2, accountsPending: 1 }, /3 are on their way/],
    ['the organization is full', { awsLimitDelta: 0 }, /is full: ask AWS/],
    ['none is made', { awsLimitDelta: 9 }, /which have failed/],
  ])('says that %s', async (_, status, what) => {
    await supply(status);
    expect(await why()).toMatch(what);
  });

  it('says how many wait in front', async () => {
    await supply({});
    await store(resources, aClaim({ name: 'first' }), pending);
    expect(await why()).toMatch(/behind 1 other\./);
  });

  it('says how far its account is', async () => {
    await store(resources, anAccount(), { state: 'InitializingRegions' });
    expect(await why({ accountLink: 'osd-creds-mgmt-aaaaaa' })).toMatch(/which is InitializingRegions/);
  });

  it('says what is in the way of a release', async () => {
    const results = [
      { cleaner: 'S3Buckets', state: 'Open', found: 0, message: 'a is held' },
      { cleaner: 'EBSVolumes', region: 'us-east-1', state: 'Clean', found: 0 },
    ];
    const cleaning = { claimUID: 'u', since: '2026-03-01T09:00:00Z', results };
    await store(resources, anAccount(), { state: 'Cleaning', cleaning });
    const claim = aClaim({ finalizers: [awsFinalizer] }, { accountLink: 'osd-creds-mgmt-aaaaaa' });
    await store(resources, claim, pending);
    await resources.delete(keyOf(claim));
    const { out } = await run('describe accountclaim harbour --why');
    expect(out).toMatch(
      /1 of 2 places are clean\.\n {2}In the way: S3Buckets: a is held\.\n {2}Take that away/,
    );
  });

  it('is for claims', async () => {
    await store(resources, aPool());
    expect((await run('describe ap osd-creds-mgmt --why')).exitCode).toBe(2);
  });
});
