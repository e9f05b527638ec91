import { describe, expect, it } from '@jest/globals';
import type { Account } from '../../../../accounts/resources/account.ts';
import { Claims } from '../../../support/fakes/account-claims.ts';

const customerId = '333333333333';

async function brought(): Promise<{ claims: Claims; account: Account }> {
  const claims = new Claims();
  const { spec } = await claims.claimed('harbour', await claims.bring(customerId));
  return { claims, account: await claims.account(spec.accountLink) };
}

describe('a claim whose customer brings an account', () => {
  it('makes an Account of it, and is Ready with credentials when that is', async () => {
    const { claims, account } = await brought();
    expect(account.spec).toMatchObject({ byoc: true, awsAccountID: customerId, claimLink: 'harbour' });
    expect((await claims.claim('harbour')).status?.state).toBe('Ready');
    expect(claims.secretOf('harbour')?.aws_access_key_id).toMatch(/^AKIA/);
  });

  it('never makes a second one, whatever it has forgotten', async () => {
    const { claims, account } = await brought();
    await claims.changeClaim('harbour', { accountLink: '' }, { state: 'Pending' });
    await claims.settleClaim('harbour');
    expect((await claims.claim('harbour')).spec.accountLink).toBe(account.metadata.name);
    const { items } = await claims.store.list({
      kind: 'Account',
      namespace: 'aws-account-operator',
      limit: 9,
    });
    expect(items).toHaveLength(1);
  });

  it('stops when another claim has brought that account', async () => {
    const { claims, account } = await brought();
    const { spec } = await claims.claim('harbour');
    await claims.claimed('another', { ...spec, accountLink: '' });
    expect(await claims.findings('another')).toEqual(['CCSAccountClaimFailed/BYOCAWSAccountInUse']);
    const { conditions = [] } = (await claims.claim('another')).status ?? {};
    expect(conditions.at(-1)?.message).toContain(account.metadata.name);
  });

  it('gets that account when the other claim is gone', async () => {
    const { claims } = await brought();
    const { spec } = await claims.claim('harbour');
    const awsCredentialSecret = { name: 'aws-another', namespace: 'default' };
    await claims.claimed('another', { ...spec, accountLink: '', awsCredentialSecret });
    await claims.release('harbour');
    await claims.settleClaim('another');
    expect((await claims.claim('another')).status?.state).toBe('Ready');
  });

  it('stops when the account does not let us in', async () => {
    const claims = new Claims();
    const spec = await claims.bring(customerId);
    await claims.ports.secrets.replace(`default/byoc-${customerId}`, {
      aws_access_key_id: 'AKIANONE',
      aws_secret_access_key: 'none',
    });
    await claims.claimed('harbour', spec);
    expect(await claims.findings('harbour')).toEqual(['CCSAccountClaimFailed/CCSAccountClaimFailed']);
  });

  it('takes its Account, the IAM users in it and the secret with it', async () => {
    const { claims, account } = await brought();
    await claims.release('harbour');
    expect(await claims.find('AccountClaim', 'harbour')).toBeUndefined();
    expect(await claims.find('Account', account.metadata.name)).toBeUndefined();
    const { iam } = claims.world.account(customerId) ?? {};
    expect(iam?.userList.map(({ name }) => name)).toEqual(['root']);
    expect(iam?.roleNames).toEqual([]);
    expect(claims.secretOf('harbour')).toBeUndefined();
  });

  it('goes before its Account has been set up, too', async () => {
    const claims = new Claims();
    await claims.addClaim('harbour', await claims.bring(customerId));
    for (let looks = 0; looks < 2; looks += 1) await claims.lookAtClaim('harbour');
    expect((await claims.claim('harbour')).spec.accountLink).not.toBe('');
    await claims.release('harbour');
    expect(await claims.find('AccountClaim', 'harbour')).toBeUndefined();
  });

  it('cleans nothing else in it', async () => {
    const { claims } = await brought();
    claims.world.account(customerId)?.leftovers.make('S3Buckets', 'the customer');
    await claims.release('harbour');
    expect(claims.world.account(customerId)?.leftovers.list).toHaveLength(1);
  });
});

describe('a claim with a role of the customer', () => {
  const role = { byoc: true, manualSTSMode: true, stsRoleARN: `arn:aws:iam::${customerId}:role/Installer` };

  it('makes an Account of that role’s account, and needs no secret', async () => {
    const claims = new Claims();
    claims.world.addCustomer(customerId).iam.makeRole('Installer');
    const { status, spec } = await claims.claimed('harbour', role);
    expect(status?.state).toBe('Ready');
    expect((await claims.account(spec.accountLink)).spec).toMatchObject({ awsAccountID: customerId });
    expect(claims.secretOf('harbour')).toBeUndefined();
    await claims.release('harbour');
    expect(await claims.find('Account', spec.accountLink)).toBeUndefined();
  });
});
