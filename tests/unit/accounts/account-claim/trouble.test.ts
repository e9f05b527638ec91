import { describe, expect, it } from '@jest/globals';
import type { AccountClaimSpec } from '../../../../accounts/resources/account-claim.ts';
import { Claims } from '../../../support/fakes/account-claims.ts';

describe('a claim that contradicts itself', () => {
  const elsewhere = { name: 'aws', namespace: 'other' };
  it.each<[string, Partial<AccountClaimSpec>]>([
    ['STSRoleARNMissing', { manualSTSMode: true, byoc: true }],
    ['BYOCAccountIDMissing', { byoc: true }],
    ['BYOCSecretRefMissing', { byoc: true, byocAWSAccountID: '333333333333' }],
    ['AWSSecretRefMissing', { awsCredentialSecret: { name: '', namespace: 'default' } }],
    ['AWSSecretRefNamespaceMismatch', { awsCredentialSecret: elsewhere }],
    ['LegalEntityMissing', { legalEntity: { id: '', name: '' } }],
  ])('stops with %s', async (reason, spec) => {
    const claims = new Claims();
    await claims.addAccount('aaaaaa');
    const claim = await claims.claimed('harbour', spec);
    expect(claim.status?.state).toBe('Error');
    expect(await claims.findings('harbour')).toEqual([`InvalidAccountClaim/${reason}`]);
    expect(claim.spec.accountLink).toBe('');
  });

  it('reads no secret of another namespace', async () => {
    const claims = new Claims();
    const brought = await claims.bring('333333333333', 'other');
    const before = claims.calls.length;
    await claims.claimed('harbour', brought);
    expect(await claims.findings('harbour')).toEqual(['InvalidAccountClaim/BYOCSecretRefNamespaceMismatch']);
    expect(claims.calls.slice(before)).toEqual([]);
  });

  it('goes on when it has been mended', async () => {
    const claims = new Claims();
    await claims.addAccount('aaaaaa');
    await claims.claimed('harbour', { awsCredentialSecret: elsewhere });
    await claims.changeClaim('harbour', {
      awsCredentialSecret: { name: 'aws-harbour', namespace: 'default' },
    });
    await claims.settleClaim('harbour');
    expect(await claims.findings('harbour')).toEqual(['Claimed/AccountClaimed']);
  });

  it('goes away without having touched anything', async () => {
    const claims = new Claims();
    await claims.claimed('harbour', { byoc: true });
    await claims.release('harbour');
    expect(await claims.find('AccountClaim', 'harbour')).toBeUndefined();
  });
});

describe('the secret of a claim', () => {
  it('is not written when there is one of that name that is somebody else’s', async () => {
    const claims = new Claims();
    await claims.addAccount('aaaaaa');
    await claims.ports.secrets.create('default/aws-harbour', { password: 'theirs' });
    await claims.claimed('harbour');
    expect(await claims.findings('harbour')).toEqual(['InvalidAccountClaim/AWSSecretTaken']);
    await claims.release('harbour');
    expect(claims.secretOf('harbour')).toEqual({ password: 'theirs' });
  });

  it('of one claim is not given to another', async () => {
    const claims = new Claims();
    await claims.addAccount('aaaaaa');
    await claims.addAccount('bbbbbb');
    await claims.claimed('first');
    const before = claims.secretOf('first');
    await claims.claimed('second', { awsCredentialSecret: { name: 'aws-first', namespace: 'default' } });
    expect(await claims.findings('second')).toEqual(['InvalidAccountClaim/AWSSecretTaken']);
    expect(claims.secretOf('first')).toEqual(before);
  });

  it('is the one that was made when the answer got lost', async () => {
    const claims = new Claims();
    await claims.addAccount('aaaaaa');
    await claims.claimed('harbour');
    const claim = await claims.claim('harbour');
    const { accessKeyID: _, ...status } = claim.status ?? { state: 'Pending', conditions: [] };
    await claims.store.updateStatus({ ...claim, status });
    await claims.settleClaim('harbour');
    expect((await claims.claim('harbour')).status?.state).toBe('Ready');
  });

  it('has the new key when the account has got another one', async () => {
    const claims = new Claims();
    const { metadata } = await claims.addAccount('aaaaaa');
    await claims.claimed('harbour');
    const before = claims.secretOf('harbour');
    await claims.changeAccount(metadata.name, {}, { state: 'Creating', accessKeys: {} });
    await claims.settle({ kind: 'Account', namespace: 'aws-account-operator', name: metadata.name });
    await claims.settleClaim('harbour');
    const own = claims.world.secrets.valuesOf(`aws-account-operator/${metadata.name}-secret`);
    expect(claims.secretOf('harbour')?.aws_access_key_id).toBe(own?.aws_access_key_id);
    expect(claims.secretOf('harbour')).not.toEqual(before);
  });
});

describe('a claim whose account', () => {
  it('fails stops, and says why', async () => {
    const claims = new Claims();
    const { metadata } = await claims.addAccount('aaaaaa');
    await claims.claimed('harbour');
    await claims.changeAccount(metadata.name, {}, { state: 'Failed' });
    await claims.settleClaim('harbour');
    expect((await claims.claim('harbour')).status?.state).toBe('Error');
    expect(await claims.findings('harbour')).toEqual(['AccountClaimFailed/AccountClaimFailed']);
  });

  it('has been mended goes on', async () => {
    const claims = new Claims();
    const { metadata } = await claims.addAccount('aaaaaa');
    await claims.claimed('harbour');
    await claims.changeAccount(metadata.name, {}, { state: 'Failed' });
    await claims.settleClaim('harbour');
    await claims.changeAccount(metadata.name, {}, { state: 'Ready' });
    await claims.settleClaim('harbour');
    expect((await claims.claim('harbour')).status?.state).toBe('Ready');
  });

  it.each([
    ['is gone', async (claims: Claims) => claims.store.delete(gone)],
    [
      'is another claim’s',
      async (claims: Claims) => claims.changeAccount(gone.name, { claimLinkUID: 'another' }),
    ],
  ])('%s stops', async (_, act) => {
    const claims = new Claims();
    await claims.addAccount('aaaaaa');
    await claims.claimed('harbour');
    await act(claims);
    await claims.settle(gone);
    await claims.settleClaim('harbour');
    expect(await claims.findings('harbour')).toEqual(['AccountClaimFailed/AccountGone']);
  });
});

const gone = { kind: 'Account', namespace: 'aws-account-operator', name: 'osd-creds-mgmt-aaaaaa' };
