import { describe, expect, it } from '@jest/globals';
import type { AccountSpec, AccountStatus } from '../../../../accounts/resources/account.ts';
import type { AccountClaimSpec, AccountClaimStatus } from '../../../../accounts/resources/account-claim.ts';
import { accountRules } from '../../../../accounts/resources/account-rules.ts';
import { accessesIn, accessFinalizer } from '../../../../accounts/resources/api.ts';
import {
  accessSelections,
  accountSelections,
  claimSelections,
} from '../../../../accounts/resources/selections.ts';
import { selectionKey, selectionOf } from '../../../../shared/resources/kind-rules.ts';
import { born } from '../../../../shared/resources/new-resource.ts';
import type { NewResource, Resource } from '../../../../shared/resources/resource.ts';
import { anAccess } from '../../../simulation/federated/people.ts';
import { aClaim, anAccount, aPool } from '../../../support/fakes/account-resources.ts';
import { MemoryStore } from '../../../support/fakes/memory-store.ts';

const resource = (made: NewResource, status?: object): Resource => ({
  ...born(made, { uid: 'u', resourceVersion: 'v', now: new Date('2026-03-01T09:00:00Z') }),
  ...(status && { status }),
});

const { ready, progressing, pending: untouched, reusable } = accountSelections;
const ours = { id: '7', name: 'seven' };

describe('an account', () => {
  it.each<[string, Partial<AccountSpec>, AccountStatus | undefined, string | undefined]>([
    ['that is new waits for the first step', { accountPool: 'p' }, undefined, untouched('p')],
    ['that waits for room in the organization does, too', {}, { state: 'Pending' }, untouched('')],
    [
      'that is being made is on its way in its pool',
      { accountPool: 'p' },
      { state: 'Creating' },
      progressing('p'),
    ],
    ['of no pool is on its way, too', {}, { state: 'Creating' }, progressing('')],
    [
      'that waits for its case is on its way',
      { accountPool: 'p' },
      { state: 'PendingVerification' },
      progressing('p'),
    ],
    ['that is Ready is ready', { accountPool: 'p' }, { state: 'Ready', claimed: false }, ready('p')],
    ['that a claim has is in none', { claimLink: 'c' }, { state: 'Ready' }, undefined],
    ['that is claimed is in none', {}, { state: 'Ready', claimed: true }, undefined],
    ['that has failed is in none', { accountPool: 'p' }, { state: 'Failed' }, undefined],
    ['that is being cleaned is in none', { legalEntity: ours }, { state: 'Cleaning' }, undefined],
    ['that the customer owns is in none', { byoc: true }, { state: 'Ready' }, undefined],
    [
      'that has served is for that customer alone',
      { legalEntity: ours, accountPool: 'p' },
      { state: 'Ready' },
      reusable('p', '7'),
    ],
    ['that has served and is not Ready is in none', { legalEntity: ours }, { state: 'Creating' }, undefined],
    ['that has served nobody knows whom is in none', {}, { state: 'Ready', reused: true }, undefined],
    [
      'with an empty customer has served none',
      { legalEntity: { id: '', name: '' }, accountPool: 'p' },
      { state: 'Ready' },
      ready('p'),
    ],
  ])('%s', (_what, spec, status, expected) => {
    const selection = selectionOf(accountRules, resource(anAccount({}, spec), status));
    expect(selection).toBe(expected && selectionKey('Account', expected));
  });

  it('that is to go is in none', () => {
    const account = resource(anAccount(), { state: 'Ready' });
    account.metadata.deletionTimestamp = '2026-03-01T09:00:00Z';
    expect(selectionOf(accountRules, account)).toBeUndefined();
  });
});

describe('a claim', () => {
  const pending: AccountClaimStatus = { state: 'Pending', conditions: [] };

  it.each<[string, Partial<AccountClaimSpec>, AccountClaimStatus | undefined, string | undefined]>([
    ['that is new waits', {}, undefined, claimSelections.pending('')],
    [
      'that is pending waits, for an account of its pool',
      { accountPool: 'p' },
      pending,
      claimSelections.pending('p'),
    ],
    [
      'that has an account is found by its secret',
      { accountLink: 'a' },
      pending,
      claimSelections.ofSecret('default', 'aws'),
    ],
    ['that is ready does not', {}, { ...pending, state: 'Ready' }, undefined],
    ['that has stopped does not', {}, { ...pending, state: 'Error' }, undefined],
    ['whose account the customer brings does not', { byoc: true }, pending, undefined],
    ['with a role does not', { manualSTSMode: true }, pending, undefined],
  ])('%s', (_what, spec, status, expected) => {
    const selection = selectionOf(accountRules, resource(aClaim({}, spec), status));
    expect(selection).toBe(expected && selectionKey('AccountClaim', expected));
  });
});

describe('an account in which somebody outside has a role', () => {
  it('is nobody’s to take, whatever else it is', () => {
    const finalizers = [accessFinalizer({ namespace: 'ns', name: 'an.access' })];
    const account = resource(anAccount({ finalizers }, { legalEntity: ours }), { state: 'Ready' });
    expect(selectionOf(accountRules, account)).toBeUndefined();
    expect(accessesIn(['other', ...finalizers])).toEqual([{ namespace: 'ns', name: 'an.access' }]);
  });
});

describe('a federated access', () => {
  it('is found by its role', () => {
    const found = selectionOf(accountRules, resource(anAccess('ns', 'a', 'network')));
    const wanted = accessSelections.ofRole('aws-account-operator', 'network');
    expect(found).toBe(selectionKey('AWSFederatedAccountAccess', wanted));
  });
});

describe('the store of these resources', () => {
  const store = new MemoryStore({}, accountRules);

  it('takes what their schemas have', async () => {
    const creation = await store.create(aPool());
    if (creation.outcome !== 'created') throw new Error(`it ${creation.outcome}`);
    const status = { poolSize: 3, unclaimedAccounts: 0, claimedAccounts: 0 };
    expect((await store.updateStatus({ ...creation.resource, status })).status).toEqual(status);
  });

  it('takes nothing else, from nobody', async () => {
    const bad = store.create(aPool('bad', -1));
    await expect(bad).rejects.toThrow(
      /AccountPool aws-account-operator\/bad is not written: spec\.poolSize must be/,
    );
    const creation = await store.create(anAccount());
    if (creation.outcome !== 'created') throw new Error(`it ${creation.outcome}`);
    const wrong = { ...creation.resource, status: { state: 'Done' } };
    await expect(store.updateStatus(wrong)).rejects.toThrow(/status\.state must be a state/);
  });
});
