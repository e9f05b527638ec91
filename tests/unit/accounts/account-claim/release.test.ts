import { describe, expect, it } from '@jest/globals';
import { claimSettings } from '../../../../accounts/account-claim/claim-settings.ts';
import { cleanAccount } from '../../../../accounts/account-claim/clean-account.ts';
import { type LeftoverKind, leftoverKinds } from '../../../../accounts/aws/leftovers.ts';
import type { Account } from '../../../../accounts/resources/account.ts';
import { promptAws } from '../../../simulation/aws/settings.ts';
import { Claims, ours, theirs } from '../../../support/fakes/account-claims.ts';
import { awsError } from '../../../support/fakes/aws-errors.ts';
import { insideAccounts } from '../../../support/fakes/in-member-account.ts';

const name = 'osd-creds-mgmt-aaaaaa';

/** A claim that has an account with something of each kind in it. */
async function used(circumstances: ConstructorParameters<typeof Claims>[0] = {}): Promise<Claims> {
  const claims = new Claims(circumstances);
  await claims.addAccount('aaaaaa');
  await claims.claimed('harbour');
  const { leftovers } = await inAws(claims);
  for (const kind of Object.keys(leftoverKinds)) leftovers.make(kind as LeftoverKind, 'harbour');
  return claims;
}

async function inAws(claims: Claims) {
  const { spec } = await claims.account(name);
  const found = claims.world.account(spec.awsAccountID);
  if (!found) throw new Error('there is no such AWS account');
  return found;
}

/** Begins the deletion of the claim, and looks so often at it. */
async function beginRelease(claims: Claims, looks = 3): Promise<Account> {
  await claims.deleteClaim('harbour');
  for (let look = 0; look < looks; look += 1) await claims.lookAtClaim('harbour');
  return claims.account(name);
}

describe('a released account', () => {
  it('is Ready again for the same customer, without a claim', async () => {
    const claims = await used();
    await claims.release('harbour');
    expect(await claims.find('AccountClaim', 'harbour')).toBeUndefined();
    const { spec, status } = await claims.account(name);
    expect(spec).toMatchObject({ claimLink: '', legalEntity: ours });
    expect(spec.claimLinkUID).toBeUndefined();
    expect(status).toMatchObject({ state: 'Ready', claimed: false, reused: true, rotateCredentials: true });
    expect(status?.cleaning).toBeUndefined();
    const so = status?.conditions?.filter((one) => one.status === 'True').map(({ type }) => type);
    expect(so?.sort()).toEqual(['Ready', 'Reused']);
  });

  it('has nothing left in it, in any region', async () => {
    const claims = await used();
    const { leftovers } = await inAws(claims);
    for (let more = 0; more < 30; more += 1) leftovers.make('EBSVolumes', 'harbour');
    expect(new Set(leftovers.list.map(({ region }) => region)).size).toBeGreaterThan(2);
    await claims.release('harbour');
    expect(leftovers.list).toEqual([]);
  });

  it('has new keys, and the old ones are dead', async () => {
    const claims = await used();
    const old = claims.secretOf('harbour')?.aws_access_key_id ?? '';
    await claims.release('harbour');
    expect(claims.world.hasKey(old)).toBe(false);
    expect(claims.secretOf('harbour')).toBeUndefined();
    await claims.claimed('again');
    expect(claims.world.hasKey(claims.secretOf('again')?.aws_access_key_id ?? '')).toBe(true);
  });

  it('is had again by the same customer first, and by no other ever', async () => {
    const claims = await used();
    await claims.addAccount('bbbbbb');
    await claims.release('harbour');
    expect((await claims.claimed('other', { legalEntity: theirs })).spec.accountLink).toBe(
      'osd-creds-mgmt-bbbbbb',
    );
    expect((await claims.claimed('third', { legalEntity: theirs })).status?.state).toBe('Pending');
    expect((await claims.claimed('again')).spec.accountLink).toBe(name);
  });

  it('has users that are administrators, whatever the customer did to them', async () => {
    const claims = await used();
    const { iam } = await inAws(claims);
    const users = iam.users(async (_, effect) => effect());
    for (const { id } of await users.keys('osdManagedAdmin')) await users.deleteKey('osdManagedAdmin', id);
    for (const arn of await users.policies('osdManagedAdmin'))
      await users.detachPolicy('osdManagedAdmin', arn);
    await users.delete('osdManagedAdmin');
    await claims.release('harbour');
    expect((await claims.claimed('again')).status?.state).toBe('Ready');
    expect(iam.userList.find((one) => one.name === 'osdManagedAdmin')?.policies).toHaveLength(1);
  });
});

describe('an account that is being cleaned', () => {
  it('is not Ready from the first moment on, and says for which claim', async () => {
    const claims = await used();
    const uid = (await claims.claim('harbour')).metadata.uid;
    const { status } = await beginRelease(claims, 2);
    expect(status).toMatchObject({ state: 'Cleaning', claimed: true, cleaning: { claimUID: uid } });
  });

  it('loses its keys before anything else', async () => {
    const claims = await used();
    const before = claims.calls.length;
    await beginRelease(claims);
    const calls = claims.calls.slice(before);
    const firstList = calls.findIndex((call) => call.startsWith('list '));
    expect(calls.indexOf('iam:DeleteAccessKey')).toBeGreaterThan(0);
    expect(firstList).toBeGreaterThan(calls.lastIndexOf('iam:DeleteAccessKey'));
  });

  it('is not Ready while the old keys may still work somewhere', async () => {
    const claims = await used();
    await beginRelease(claims, 4);
    const { leftovers } = await inAws(claims);
    claims.wait(60);
    await claims.lookAtClaim('harbour');
    expect(leftovers.list).toEqual([]);
    leftovers.make('S3Buckets', 'harbour');
    await claims.settleClaim('harbour');
    expect((await claims.account(name)).status?.state).toBe('Ready');
    expect(leftovers.list).toEqual([]);
  });

  it('has what came of each look on it, for each kind and region', async () => {
    const claims = await used();
    const { status } = await beginRelease(claims);
    const regional = Object.values(leftoverKinds).filter((scope) => scope === 'region').length;
    const places = regional * promptAws.regions.length + (Object.keys(leftoverKinds).length - regional);
    expect(status?.cleaning?.results).toHaveLength(places);
    expect(status?.cleaning?.results.every(({ state }) => state === 'Open')).toBe(true);
    expect(status?.cleaning?.results.reduce((sum, { found }) => sum + found, 0)).toBe(5);
  });

  it('is looked at no more where nothing is left', async () => {
    const claims = await used({
      ports: insideAccounts((member) => ({ leftovers: stubborn(member.leftovers) })),
    });
    await beginRelease(claims, 4);
    claims.wait(200);
    await claims.lookAtClaim('harbour');
    const before = claims.calls.length;
    await claims.lookAtClaim('harbour');
    const lists = claims.calls.slice(before).filter((call) => call.startsWith('list '));
    expect(lists).toEqual(['list S3Buckets']);
  });

  it('stays so while something cannot be taken away, which keeps nothing else, and is told', async () => {
    const claims = await used({
      ports: insideAccounts((member) => ({ leftovers: stubborn(member.leftovers) })),
    });
    await beginRelease(claims);
    for (let minutes = 0; minutes < 70; minutes += 1) {
      claims.wait(60);
      await claims.lookAtClaim('harbour');
    }
    const { status } = await claims.account(name);
    expect(status?.state).toBe('Cleaning');
    const open = status?.cleaning?.results.filter(({ state }) => state === 'Open') ?? [];
    expect(open).toMatchObject([{ cleaner: 'S3Buckets', message: expect.stringContaining('AccessDenied') }]);
    const failed = status?.conditions?.find(({ type }) => type === 'Failed');
    expect(failed).toMatchObject({ status: 'True', reason: 'CleanUpFailed' });
    expect((await inAws(claims)).leftovers.list.map(({ kind }) => kind)).toEqual(['S3Buckets']);
  });

  it('begins anew when somebody has made another key meanwhile', async () => {
    const claims = await used();
    await beginRelease(claims, 4);
    claims.wait(200);
    const { iam, leftovers } = await inAws(claims);
    await iam.users(async (_, effect) => effect()).createKey('osdManagedAdmin');
    leftovers.make('EBSVolumes', 'harbour');
    await claims.lookAtClaim('harbour');
    const { cleaning } = (await claims.account(name)).status ?? {};
    expect(cleaning?.quietSince).toBeUndefined();
    expect(cleaning?.results.some(({ state }) => state === 'Clean')).toBe(false);
  });

  it('goes on where it was when an invocation has no time left', async () => {
    const claims = await used();
    const { leftovers } = await inAws(claims);
    await beginRelease(claims, 2);
    const account = await claims.account(name);
    const turn = {
      store: claims.store,
      aws: claims.ports,
      settings: claimSettings(),
      claim: await claims.claim('harbour'),
      now: claims.now,
      remainingMs: () => 20_000,
    };
    await cleanAccount(turn, account);
    expect(leftovers.list).toHaveLength(5);
    expect((await claims.account(name)).status?.cleaning?.results.map(({ found }) => found)).toContain(1);
    await claims.settleClaim('harbour');
    expect(leftovers.list).toEqual([]);
  });
});

/** Buckets that nobody may list away. */
const stubborn =
  (leftovers: Parameters<Parameters<typeof insideAccounts>[0]>[0]['leftovers']): typeof leftovers =>
  (kind, region) => ({
    ...leftovers(kind, region),
    ...(kind === 'S3Buckets' && {
      remove: async () => {
        throw awsError('s3:DeleteBucket AccessDenied', 'AccessDenied');
      },
    }),
  });

describe('nothing is cleaned', () => {
  it('for a claim that does not have the account any more', async () => {
    const claims = await used();
    await claims.changeAccount(name, { claimLinkUID: 'another' });
    await claims.release('harbour');
    expect(await claims.find('AccountClaim', 'harbour')).toBeUndefined();
    const { leftovers } = await inAws(claims);
    expect([leftovers.list.length, (await claims.account(name)).status?.state]).toEqual([5, 'Ready']);
  });

  it('for another claim than the one that the clean-up was begun for', async () => {
    const claims = await used();
    const account = await beginRelease(claims, 2);
    const cleaning = { ...account.status?.cleaning, claimUID: 'another' } as NonNullable<
      NonNullable<Account['status']>['cleaning']
    >;
    await claims.changeAccount(name, {}, { cleaning });
    await expect(claims.lookAtClaim('harbour')).rejects.toThrow('is not cleaned for harbour');
    expect((await inAws(claims)).leftovers.list).toHaveLength(5);
  });

  it('in the account that pays', async () => {
    const claims = await used();
    await claims.changeAccount(name, { awsAccountID: promptAws.payerAccountId });
    const before = claims.calls.length;
    await beginRelease(claims, 5);
    const { status } = await claims.account(name);
    expect(status?.state).toBe('Cleaning');
    expect(status?.conditions?.find(({ reason }) => reason === 'ForbiddenAccount')?.status).toBe('True');
    expect(claims.calls.slice(before).filter((call) => /^(list|remove|iam|sts)/.test(call))).toEqual([]);
  });
});

describe('a claim that is deleted', () => {
  it('keeps its account, which is not Ready, when somebody writes it at the last moment', async () => {
    let atTheEnd = false;
    const claims = await used({
      beforeCall: async (call) => {
        if (call !== 'transact' || !atTheEnd) return;
        atTheEnd = false;
        await claims.changeAccount(name, {}, { supportCaseID: 'touched' });
        atTheEnd = true;
      },
    });
    await claims.deleteClaim('harbour');
    for (let looks = 0; looks < 8; looks += 1) {
      await claims.lookAtClaim('harbour');
      claims.wait(130);
      atTheEnd =
        (await claims.account(name)).status?.cleaning?.results.every(({ state }) => state === 'Clean') ??
        false;
      if (atTheEnd && (await claims.account(name)).status?.cleaning?.results.length) break;
    }
    await expect(claims.lookAtClaim('harbour')).rejects.toMatchObject({ name: 'ConflictError' });
    expect((await claims.account(name)).status?.state).toBe('Cleaning');
    expect((await claims.claim('harbour')).metadata.finalizers).toHaveLength(1);
    atTheEnd = false;
    await claims.settleClaim('harbour');
    expect((await claims.account(name)).status?.state).toBe('Ready');
  });

  it('waits while somebody else needs it', async () => {
    const claims = await used();
    const claim = await claims.claim('harbour');
    const finalizers = [...claim.metadata.finalizers, 'somebody.example.com'];
    await claims.store.update({ ...claim, metadata: { ...claim.metadata, finalizers } });
    await beginRelease(claims);
    expect((await claims.account(name)).status?.state).toBe('Ready');
  });

  it('goes at once when it has no account', async () => {
    const claims = new Claims();
    await claims.claimed('harbour');
    await claims.release('harbour');
    expect(await claims.find('AccountClaim', 'harbour')).toBeUndefined();
  });

  it('goes with the account when that is deleted', async () => {
    const claims = await used();
    await claims.store.delete({ kind: 'Account', namespace: 'aws-account-operator', name });
    await claims.release('harbour');
    expect(await claims.find('Account', name)).toBeUndefined();
    expect(await claims.find('AccountClaim', 'harbour')).toBeUndefined();
    expect(claims.secretOf('harbour')).toBeUndefined();
  });
});
