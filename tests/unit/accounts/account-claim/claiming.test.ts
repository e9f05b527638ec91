import { describe, expect, it } from '@jest/globals';
import { Claims, ours, theirs } from '../../../support/fakes/account-claims.ts';

describe('a claim', () => {
  it('gets an account that is ready, linked both ways, with the customer on it', async () => {
    const claims = new Claims();
    const { metadata } = await claims.addAccount('aaaaaa');
    const claim = await claims.claimed('harbour');
    expect(claim.spec.accountLink).toBe(metadata.name);
    const { spec, status } = await claims.account(metadata.name);
    expect(spec).toMatchObject({
      claimLink: 'harbour',
      claimLinkNamespace: 'default',
      claimLinkUID: claim.metadata.uid,
      legalEntity: ours,
    });
    expect(status?.claimed).toBe(true);
  });

  it('is Ready with the credentials of the account in its secret', async () => {
    const claims = new Claims();
    await claims.addAccount('aaaaaa');
    const { status } = await claims.claimed('harbour');
    expect(status?.state).toBe('Ready');
    expect(await claims.findings('harbour')).toEqual(['Claimed/AccountClaimed']);
    const own = claims.world.secrets.valuesOf('aws-account-operator/osd-creds-mgmt-aaaaaa-secret');
    expect(claims.secretOf('harbour')).toEqual({
      aws_access_key_id: own?.aws_access_key_id,
      aws_secret_access_key: own?.aws_secret_access_key,
    });
  });

  it('is Ready after at most five looks when an account is', async () => {
    const claims = new Claims();
    await claims.addAccount('aaaaaa');
    await claims.claimed('harbour');
    expect(claims.looks.get('harbour')).toBeLessThanOrEqual(5);
  });

  it('is not written again when nothing is new', async () => {
    const claims = new Claims();
    await claims.addAccount('aaaaaa');
    await claims.claimed('harbour');
    const before = claims.store.changes.length;
    expect(await claims.lookAtClaim('harbour')).toEqual({ outcome: 'done' });
    expect(claims.store.changes.length).toBe(before);
  });

  it('waits when there is no account, and says so', async () => {
    const claims = new Claims();
    const { status } = await claims.claimed('harbour');
    expect(status?.state).toBe('Pending');
    expect(await claims.findings('harbour')).toEqual(['Unclaimed/AccountClaimed']);
    const before = claims.store.changes.length;
    await claims.lookAtClaim('harbour');
    expect(claims.store.changes.length).toBe(before);
  });

  it('costs the same reads and writes whatever there is to choose from', async () => {
    const costOf = async (accounts: number): Promise<string[]> => {
      const claims = new Claims();
      for (let one = 0; one < accounts; one += 1) await claims.addAccount(`a${one}`.padEnd(6, 'b'));
      const from = claims.store.calls.length;
      await claims.claimed('harbour');
      return claims.store.calls.slice(from);
    };
    expect(await costOf(12)).toEqual(await costOf(1));
  });
});

describe('the choice', () => {
  it('is the account that the customer has had before, not a fresh one', async () => {
    const claims = new Claims();
    await claims.addAccount('fresh1');
    await claims.addAccount('reused');
    await claims.changeAccount('osd-creds-mgmt-reused', { legalEntity: ours }, { reused: true });
    expect((await claims.claimed('harbour')).spec.accountLink).toBe('osd-creds-mgmt-reused');
  });

  it('is never an account that another customer has had, nor one of nobody knows whom', async () => {
    const claims = new Claims();
    await claims.addAccount('theirs');
    await claims.changeAccount('osd-creds-mgmt-theirs', { legalEntity: theirs }, { reused: true });
    await claims.addAccount('whose1');
    await claims.changeAccount('osd-creds-mgmt-whose1', {}, { reused: true });
    expect((await claims.claimed('harbour')).status?.state).toBe('Pending');
  });

  it.each([
    ['of the default pool', undefined, 'osd-creds-mgmt', true],
    ['of no pool, which is of the default one', undefined, '', true],
    ['of no pool by the default pool’s name', 'osd-creds-mgmt', '', true],
    ['of a pool that is named', 'big', 'big', true],
    ['not of another pool', undefined, 'big', false],
    ['not of the default pool for one that names another', 'big', 'osd-creds-mgmt', false],
    ['not of no pool for one that names another', 'big', '', false],
  ])('is %s', async (_, named, accountPool, isTaken) => {
    for (const status of [{}, { reused: true }]) {
      const claims = new Claims();
      await claims.addAccount('aaaaaa', { accountPool });
      await claims.changeAccount('osd-creds-mgmt-aaaaaa', status.reused ? { legalEntity: ours } : {}, status);
      const claim = await claims.claimed('harbour', named === undefined ? {} : { accountPool: named });
      expect(Boolean(claim.spec.accountLink)).toBe(isTaken);
    }
  });

  it.each([
    ['is not Ready', {}, { state: 'PendingVerification' as const }],
    ['has failed', {}, { state: 'Failed' as const }],
    ['is being cleaned', { legalEntity: ours }, { state: 'Cleaning' as const }],
    ['has a claim', { claimLink: 'another' }, {}],
    ['is claimed', {}, { claimed: true }],
  ])('is never an account that %s', async (_, spec, status) => {
    const claims = new Claims();
    await claims.addAccount('aaaaaa');
    await claims.changeAccount('osd-creds-mgmt-aaaaaa', spec, status);
    expect((await claims.claimed('harbour')).spec.accountLink).toBe('');
  });

  it('is another one for claims that choose at the same time, for most of them', async () => {
    const claims = new Claims();
    for (let one = 0; one < 8; one += 1) await claims.addAccount(`acc00${one}`);
    const names = ['a', 'b', 'c', 'd'];
    for (const name of names) await claims.addClaim(name);
    for (const name of names) await claims.lookAtClaim(name);
    await Promise.allSettled(names.map((name) => claims.lookAtClaim(name)));
    const links = await Promise.all(names.map(async (name) => (await claims.claim(name)).spec.accountLink));
    const taken = links.filter(Boolean);
    expect(new Set(taken).size).toBe(taken.length);
    expect(taken.length).toBeGreaterThanOrEqual(2);
  });
});

/** Claims and three accounts, which somebody writes each time before a claim would take one, so often. */
async function disturbed(times: number): Promise<{ claims: Claims; transactions: () => number }> {
  let left = 0;
  const names = ['aaaaaa', 'bbbbbb', 'cccccc'];
  const claims = new Claims({
    settings: { mostTries: 2 },
    beforeCall: async (call) => {
      if (call !== 'transact' || left === 0) return;
      const rest = left - 1;
      left = 0;
      for (const name of names) await touch(claims, `osd-creds-mgmt-${name}`);
      left = rest;
    },
  });
  for (const name of names) await claims.addAccount(name);
  await claims.addClaim('harbour');
  await claims.lookAtClaim('harbour');
  left = times;
  const before = claims.store.calls.length;
  return {
    claims,
    transactions: () => claims.store.calls.slice(before).filter((call) => call === 'transact').length,
  };
}

async function touch(claims: Claims, name: string): Promise<void> {
  const account = await claims.account(name);
  await claims.store.updateStatus({ ...account, status: { ...account.status, supportCaseID: 'touched' } });
}

describe('a claim that meets others', () => {
  it('takes another account when somebody was quicker', async () => {
    const { claims, transactions } = await disturbed(1);
    expect(await claims.lookAtClaim('harbour')).toEqual({ outcome: 'again', afterSeconds: 0 });
    expect(transactions()).toBe(2);
    expect((await claims.claim('harbour')).spec.accountLink).toMatch(/^osd-creds-mgmt-/);
  });

  it('gives up for a moment after some tries', async () => {
    const { claims, transactions } = await disturbed(2);
    expect(await claims.lookAtClaim('harbour')).toEqual({ outcome: 'again', afterSeconds: 1 });
    expect(transactions()).toBe(2);
    expect((await claims.claim('harbour')).spec.accountLink).toBe('');
  });

  it('that is being deleted gets none', async () => {
    let isDeleted = false;
    const claims = new Claims({
      beforeCall: async (name) => {
        if (name !== 'transact' || !isDeleted) return;
        isDeleted = false;
        await claims.deleteClaim('harbour');
      },
    });
    await claims.addAccount('aaaaaa');
    await claims.addClaim('harbour');
    await claims.lookAtClaim('harbour');
    isDeleted = true;
    await expect(claims.lookAtClaim('harbour')).rejects.toMatchObject({ key: { kind: 'AccountClaim' } });
    expect((await claims.account('osd-creds-mgmt-aaaaaa')).spec.claimLink).toBe('');
  });
});
