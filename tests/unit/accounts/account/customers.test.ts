import { describe, expect, it } from '@jest/globals';
import { AccountLife, aSeed, type Circumstances } from '../../../support/fakes/account-life.ts';
import { aClaim } from '../../../support/fakes/account-resources.ts';
import { awsError } from '../../../support/fakes/aws-errors.ts';
import { insideAccounts } from '../../../support/fakes/in-member-account.ts';

const customerId = '333333333333';

const link = { awsAccountID: customerId, claimLink: 'harbour', claimLinkNamespace: 'default' };

/** A customer with his own account, whose keys are in the secret that his claim names. */
async function brought(
  given: { hasSecret?: boolean; hasClaim?: boolean } & Circumstances = {},
): Promise<AccountLife> {
  const { hasSecret = true, hasClaim = true, ...circumstances } = given;
  const life = new AccountLife({
    ...circumstances,
    settings: { ccsAccessArn: 'arn:aws:iam::111111111111:role/access', intervalBetweenChecksSecs: 30 },
  });
  const users = life.world.addCustomer(customerId).iam.users(async (_, effect) => effect());
  await users.create({ name: 'root', tags: {} });
  const made = await users.createKey('root');
  if (made.outcome !== 'created') throw new Error('a new user may have a key');
  const values = { aws_access_key_id: made.key.id, aws_secret_access_key: made.key.secret };
  if (hasSecret) await life.ports.secrets.create('default/byoc', values);
  const byocSecretRef = { name: 'byoc', namespace: 'default' };
  if (hasClaim)
    await life.store.create(aClaim({}, { byoc: true, byocAWSAccountID: customerId, byocSecretRef }));
  return life;
}

describe('an account that a customer brings', () => {
  it('is claimed from the beginning, and Ready without a support case, in the regions of its claim', async () => {
    const life = await brought();
    await life.begin(aSeed({ byoc: true, ...link }));
    await life.untilState('Creating');
    expect((await life.account()).status?.claimed).toBe(true);
    await life.untilState('Ready');
    const customer = life.world.account(customerId);
    expect(life.world.support.subjects).toEqual([]);
    expect(customer?.ec2.usedRegions).toEqual(['eu-west-1']);
    expect(customer?.iam.userList.map(({ name }) => name)).toEqual([
      'root',
      'osdManagedAdmin-abc123',
      'osdManagedAdminSRE-abc123',
    ]);
    expect(customer?.iam.roleNames).toEqual(['BYOCAdminAccess-abc123']);
    expect(await life.findings()).toEqual(['Claimed/Claimed', 'Ready/Ready']);
  });

  it('may be entered by us and by whom we name, when its keys are gone', async () => {
    const policies: string[] = [];
    const life = await brought({
      ports: insideAccounts(({ roles }) => ({
        roles: {
          ...roles,
          create: (role) => {
            policies.push(role.trustPolicy);
            return roles.create(role);
          },
        },
      })),
    });
    await life.begin(aSeed({ byoc: true, ...link }));
    await life.untilState('Ready');
    expect(policies.map((policy) => JSON.parse(policy).Statement)).toEqual([
      [
        {
          Effect: 'Allow',
          Principal: { AWS: ['111111111111', 'arn:aws:iam::111111111111:role/access'] },
          Action: 'sts:AssumeRole',
        },
      ],
    ]);
  });

  it('is not worked in when it is the one that pays', async () => {
    const life = await brought();
    await life.begin(aSeed({ byoc: true, ...link, awsAccountID: '111111111111' }));
    await life.until();
    expect(await life.findings()).toContain('AccountClientError/ForbiddenAccount');
    expect(life.world.account('111111111111')?.iam.userList).toEqual([]);
  });

  it('is not worked in when the keys lead elsewhere', async () => {
    const life = await brought();
    await life.begin(aSeed({ byoc: true, ...link, awsAccountID: '444444444444' }));
    await life.until();
    expect(await life.findings()).toContain('AccountClientError/ForbiddenAccount');
    expect(life.world.account(customerId)?.iam.userList.map(({ name }) => name)).toEqual(['root']);
  });

  it('has failed when its claim is not there', async () => {
    const life = await brought({ hasClaim: false });
    await life.begin(aSeed({ byoc: true, ...link }));
    await life.until();
    expect(await life.findings()).toEqual(['AccountClientError/FailedRetrievingAccountClaim']);
  });

  it('has failed when nobody says which account it is', async () => {
    const life = await brought();
    await life.begin(aSeed({ byoc: true, ...link, awsAccountID: '' }));
    await life.until();
    expect(await life.findings()).toEqual(['AccountCreationFailed/ClaimMissingAccountID']);
    expect(life.world.organization.members).toEqual([]);
  });

  it('waits for the keys of the customer, until its time is over', async () => {
    const life = await brought({ hasSecret: false });
    await life.begin(aSeed({ byoc: true, ...link }));
    await life.untilState('Creating');
    await life.look();
    expect(await life.findings()).toContain('AccountClientError/AWSClientCreationFailed');
    await life.until();
    expect(await life.findings()).toContain('AccountCreationFailed/CreationTimeout');
  });

  it('leaves nothing with the customer when it is deleted', async () => {
    const life = await brought();
    await life.begin(aSeed({ byoc: true, ...link }));
    await life.untilState('Ready');
    await life.delete();
    await life.until();
    const customer = life.world.account(customerId);
    expect([customer?.iam.userList.map(({ name }) => name), customer?.iam.roleNames]).toEqual([['root'], []]);
    expect(await life.found()).toBeUndefined();
  });

  /** What a customer does who does not wait until we have left. */
  const withdrawals: [string, (life: AccountLife) => Promise<unknown>][] = [
    ['his secret is gone', (life) => life.ports.secrets.delete('default/byoc')],
    [
      'his keys are dead',
      async (life) => {
        const users = life.world.account(customerId)?.iam.users(async (_, effect) => effect());
        for (const { id } of (await users?.keys('root')) ?? []) await users?.deleteKey('root', id);
      },
    ],
  ];

  it.each(withdrawals)('leaves by the role, which goes last, when %s', async (_, withdraw) => {
    const life = await brought();
    await life.begin(aSeed({ byoc: true, ...link }));
    await life.untilState('Ready');
    await withdraw(life);
    await life.delete();
    await life.until();
    const deleted = life.calls.filter((call) => /^iam:Delete(User|Role)$/.test(call));
    expect(deleted).toEqual(['iam:DeleteUser', 'iam:DeleteUser', 'iam:DeleteRole']);
    expect([life.world.account(customerId)?.iam.roleNames, await life.found()]).toEqual([[], undefined]);
  });

  it('is let go when the role has lost its rights over itself before it was deleted', async () => {
    const life = await brought({
      ports: insideAccounts(({ roles }) => ({
        roles: {
          ...roles,
          delete: async () => {
            throw awsError('iam:DeleteRole', 'AccessDenied');
          },
        },
      })),
    });
    await life.begin(aSeed({ byoc: true, ...link }));
    await life.untilState('Ready');
    await life.ports.secrets.delete('default/byoc');
    await life.delete();
    await life.until();
    expect(await life.found()).toBeUndefined();
  });

  it.each(withdrawals)('goes when %s before anything was made in it', async (_, withdraw) => {
    const life = await brought();
    await life.begin(aSeed({ byoc: true, ...link }));
    await withdraw(life);
    await life.until();
    expect(await life.state()).toBe('Failed');
    await life.delete();
    await life.look();
    expect(await life.found()).toBeUndefined();
  });
});

describe('an account that is reached through a role of the customer', () => {
  const roleOf = 'arn:aws:iam::333333333333:role/installer';

  async function lent(stsRoleARN = roleOf): Promise<AccountLife> {
    const life = new AccountLife({ settings: { stsJumpRoleArn: 'arn:aws:iam::111111111111:role/jump' } });
    life.world.addCustomer(customerId).iam.makeRole('installer');
    await life.store.create(aClaim({}, { manualSTSMode: true, stsRoleARN }));
    await life.begin(aSeed({ manualSTSMode: true, ...link }, { finalizers: [] }));
    return life;
  }

  it('is Ready without users, roles, secrets or a finalizer', async () => {
    const life = await lent();
    await life.untilState('Ready');
    const customer = life.world.account(customerId);
    expect([customer?.iam.userList, customer?.iam.roleNames, life.world.secrets.names]).toEqual([
      [],
      ['installer'],
      [],
    ]);
    expect((await life.account()).metadata.finalizers).toEqual([]);
    expect(customer?.ec2.usedRegions).toEqual(['eu-west-1']);
  });

  it('is not worked in when the role is one of the account that pays', async () => {
    const life = await lent('arn:aws:iam::111111111111:role/OrganizationAccountAccessRole');
    await life.until();
    expect(await life.findings()).toContain('AccountClientError/ForbiddenAccount');
    expect(life.world.account('111111111111')?.ec2.usedRegions).toEqual([]);
  });

  it('has failed in the end when the claim names no role', async () => {
    const life = await lent('');
    await life.until();
    expect(await life.findings()).toEqual(
      expect.arrayContaining([
        'AccountClientError/STSRoleARNMissing',
        'AccountCreationFailed/CreationTimeout',
      ]),
    );
  });
});
