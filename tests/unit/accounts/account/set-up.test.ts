import { describe, expect, it } from '@jest/globals';
import { AccountLife, aSeed, type Circumstances } from '../../../support/fakes/account-life.ts';
import { awsError } from '../../../support/fakes/aws-errors.ts';
import { insideAccounts } from '../../../support/fakes/in-member-account.ts';

const inside = (how: Parameters<typeof insideAccounts>[0]): Circumstances => ({ ports: insideAccounts(how) });

const refusingUsers = (code: string): Circumstances =>
  inside(({ users }) => ({
    users: {
      ...users,
      create: async () => {
        throw awsError('iam:CreateUser', code);
      },
    },
  }));

const usersOf = async (life: AccountLife) =>
  life.world.account((await life.account()).spec.awsAccountID)?.iam.userList ?? [];

describe('an account that is set up', () => {
  it('has two administrators with one key each, which are in the secrets and work', async () => {
    const life = new AccountLife();
    await life.begin();
    await life.untilState('InitializingRegions');
    const users = await usersOf(life);
    expect(users.map(({ name, policies, keyIds }) => [name, policies, keyIds.length])).toEqual([
      ['osdManagedAdmin', ['arn:aws:iam::aws:policy/AdministratorAccess'], 1],
      ['osdManagedAdminSRE', ['arn:aws:iam::aws:policy/AdministratorAccess'], 1],
    ]);
    const values = life.world.secrets.valuesOf('aws-account-operator/osd-creds-mgmt-abc123-secret') ?? {};
    expect(Object.keys(values)).toEqual(['aws_user_name', 'aws_access_key_id', 'aws_secret_access_key']);
    const identity = await life.ports.signIn.identity({
      id: values.aws_access_key_id ?? '',
      secret: values.aws_secret_access_key ?? '',
    });
    const { spec } = await life.account();
    expect([identity.accountId, spec.iamUserSecret]).toEqual([
      spec.awsAccountID,
      'osd-creds-mgmt-abc123-secret',
    ]);
  });

  it('tags its users with the account and its namespace', async () => {
    const life = new AccountLife();
    await life.begin();
    await life.untilState('InitializingRegions');
    expect((await usersOf(life))[0]?.tags).toEqual({
      clusterAccountName: 'osd-creds-mgmt-abc123',
      clusterNamespace: 'aws-account-operator',
    });
  });

  it('has temporary credentials and a URL for the console under upstream’s names and keys', async () => {
    const life = new AccountLife();
    await life.begin();
    await life.untilState('InitializingRegions');
    const of = (name: string) =>
      life.world.secrets.valuesOf(`aws-account-operator/osd-creds-mgmt-abc123-${name}`);
    expect(Object.keys(of('sre-cli-credentials') ?? {})).toEqual([
      'aws_access_key_id',
      'aws_secret_access_key',
      'aws_session_token',
    ]);
    expect(of('sre-console-url')?.aws_console_login_url).toMatch(/^https:/);
  });

  it('waits for what IAM does not show yet, and never sleeps', async () => {
    const life = new AccountLife({ aws: { spreadSeconds: 60 } });
    await life.begin();
    await life.untilState('InitializingRegions');
    expect((await usersOf(life)).map(({ keyIds }) => keyIds.length)).toEqual([1, 1]);
  });

  it.each([
    ['InvalidClientTokenId', 'AuthenticationError/InvalidClientTokenId'],
    ['AccessDenied', 'AuthorizationError/AccessDenied'],
    ['ServiceFailure', 'AccountClientError/ServiceFailure'],
  ])(
    'says what is in the way when AWS answers %s, and fails only when its time is over',
    async (code, finding) => {
      const life = new AccountLife(refusingUsers(code));
      await life.begin();
      await life.untilState('Creating');
      expect(await life.look()).toEqual({ outcome: 'again', afterSeconds: 5 });
      expect(await life.findings()).toEqual(['Creating/Creating', finding]);
      await life.until();
      expect(await life.findings()).toEqual([finding, 'AccountCreationFailed/CreationTimeout']);
    },
  );

  it('fails at once when AWS says what no other try can change', async () => {
    const life = new AccountLife(refusingUsers('LimitExceeded'));
    await life.begin();
    expect(await life.until()).toMatchObject({ outcome: 'failed' });
    expect(await life.findings()).toEqual(['AccountClientError/LimitExceeded']);
  });

  it('goes on with a user that is there already', async () => {
    const life = new AccountLife(
      inside(({ users }) => {
        let isShown = false;
        return {
          users: {
            ...users,
            get: async (name) => (isShown ? users.get(name) : undefined),
            create: async (user) => {
              isShown = true;
              await users.create(user);
              return 'exists';
            },
          },
        };
      }),
    );
    await life.begin();
    await life.untilState('InitializingRegions');
    expect((await usersOf(life)).length).toBe(2);
  });

  it('has ten minutes, counted from when it became Creating', async () => {
    const life = new AccountLife({ aws: { creationSeconds: [1_200, 1_200] } });
    await life.begin();
    await life.untilState('Creating');
    const { status } = await life.account();
    expect(Date.parse(status?.deadline ?? '') - life.now().getTime()).toBe(600_000);
    life.wait(601);
    await life.look();
    expect([await life.state(), await life.findings()]).toEqual([
      'Failed',
      ['AccountCreationFailed/CreationTimeout'],
    ]);
  });
});

describe('a key of which nobody knows what became', () => {
  it('is deleted, and one is made anew', async () => {
    let times = 0;
    const life = new AccountLife(
      inside(({ users }) => ({
        users: {
          ...users,
          createKey: async (name) => {
            const made = await users.createKey(name);
            times += 1;
            if (times === 1) throw awsError('iam:CreateAccessKey', 'TimeoutError');
            return made;
          },
        },
      })),
    );
    await life.begin();
    await life.untilState('InitializingRegions');
    expect((await usersOf(life)).map(({ keyIds }) => keyIds.length)).toEqual([1, 1]);
  });

  it('is deleted when its secret could not be written', async () => {
    let times = 0;
    const life = new AccountLife({
      ports: ({ secrets }) => ({
        secrets: {
          ...secrets,
          create: async (name, values) => {
            times += 1;
            return times === 1 ? 'deleting' : secrets.create(name, values);
          },
        },
      }),
    });
    await life.begin();
    await life.untilState('InitializingRegions');
    expect((await usersOf(life)).map(({ keyIds }) => keyIds.length)).toEqual([1, 1]);
  });
});

describe('keys that a user has already', () => {
  it('are deleted, though they are as many as IAM allows, and the one that is made is in the secret', async () => {
    const life = new AccountLife();
    const { id, iam } = life.world.organization.invite({ name: 'old', email: 'old@example.com' });
    const users = iam.users(async (_, effect) => effect());
    await users.create({ name: 'osdManagedAdmin', tags: {} });
    for (let keys = 0; keys < 2; keys += 1) await users.createKey('osdManagedAdmin');
    await life.begin(aSeed({ awsAccountID: id }));
    await life.untilState('InitializingRegions');
    const [admin] = await usersOf(life);
    const values = life.world.secrets.valuesOf('aws-account-operator/osd-creds-mgmt-abc123-secret');
    expect(admin?.keyIds).toEqual([values?.aws_access_key_id]);
  });

  it('and that IAM still counts leave no room for another one yet', async () => {
    let isFull = true;
    const life = new AccountLife(
      inside(({ users }) => ({
        users: {
          ...users,
          createKey: async (name) => (isFull ? { outcome: 'limit' } : users.createKey(name)),
        },
      })),
    );
    await life.begin();
    await life.untilState('Creating');
    expect(await life.look()).toEqual({ outcome: 'again', afterSeconds: 5 });
    isFull = false;
    await life.untilState('InitializingRegions');
    expect((await usersOf(life)).map(({ keyIds }) => keyIds.length)).toEqual([1, 1]);
  });
});

describe('an account that has failed', () => {
  it('rests until a person takes its state back, and goes on with the same AWS account', async () => {
    let isBroken = true;
    const life = new AccountLife(
      inside(({ users }) => ({
        users: {
          ...users,
          create: async (user) => {
            if (isBroken) throw awsError('iam:CreateUser', 'LimitExceeded');
            return users.create(user);
          },
        },
      })),
    );
    await life.begin();
    await life.until();
    expect(await life.look()).toMatchObject({
      outcome: 'failed',
      reason: expect.stringContaining('LimitExceeded'),
    });
    isBroken = false;
    await life.change({}, { state: '' });
    await life.untilState('Ready');
    expect(await life.findings()).toEqual(['Ready/Ready']);
    expect(life.world.organization.members.length).toBe(1);
  });

  const secret = 'aws-account-operator/osd-creds-mgmt-abc123-secret';

  async function lacking(loss: (life: AccountLife) => Promise<unknown>): Promise<AccountLife> {
    const life = new AccountLife();
    await life.begin();
    await life.untilState('Ready');
    await loss(life);
    await life.change({}, { state: 'Failed' });
    await life.change({}, { state: '' });
    return life;
  }

  const asPeopleDo = async (life: AccountLife) => {
    const { awsAccountID } = (await life.account()).spec;
    const users = life.world.account(awsAccountID)?.iam.users(async (_, effect) => effect());
    if (!users) throw new Error('there is no account');
    return users;
  };

  it.each<[string, (life: AccountLife) => Promise<unknown>]>([
    ['its secret is gone', (life) => life.ports.secrets.delete(secret)],
    ['the secret has another key', (life) => life.ports.secrets.replace(secret, { aws_access_key_id: 'a' })],
    [
      'its key is gone',
      async (life) => {
        const users = await asPeopleDo(life);
        for (const { id } of await users.keys('osdManagedAdmin'))
          await users.deleteKey('osdManagedAdmin', id);
      },
    ],
    [
      'its user is gone',
      async (life) => {
        const users = await asPeopleDo(life);
        for (const { id } of await users.keys('osdManagedAdmin'))
          await users.deleteKey('osdManagedAdmin', id);
        for (const arn of await users.policies('osdManagedAdmin')) {
          await users.detachPolicy('osdManagedAdmin', arn);
        }
        await users.delete('osdManagedAdmin');
      },
    ],
  ])('gets a new key when it is reset and %s, and nothing else', async (_, loss) => {
    const sre = 'aws-account-operator/osd-creds-mgmt-abc123-osdmanagedadminsre-secret';
    const life = await lacking(loss);
    const kept = life.world.secrets.valuesOf(sre);
    await life.untilState('Ready');
    const [admin] = (await usersOf(life)).filter(({ name }) => name === 'osdManagedAdmin');
    expect(admin?.keyIds).toEqual([life.world.secrets.valuesOf(secret)?.aws_access_key_id]);
    expect(life.world.secrets.valuesOf(sre)).toEqual(kept);
  });

  it('keeps its keys when it is reset and they are as they should be', async () => {
    const life = await lacking(async () => {});
    const before = life.world.secrets.valuesOf(secret);
    await life.untilState('Ready');
    expect(life.world.secrets.valuesOf(secret)).toEqual(before);
    expect(life.world.support.subjects.length).toBe(1);
  });
});

describe('an account whose role lets nobody in', () => {
  it('says so, and fails when its time is over', async () => {
    const life = new AccountLife({ settings: { accountOperatorIAMRole: 'another' } });
    await life.begin();
    await life.until();
    expect(await life.findings()).toEqual([
      'AuthorizationError/AccessDenied',
      'AccountCreationFailed/CreationTimeout',
    ]);
  });
});

describe('an account that a person has made', () => {
  it('lives as one of a pool does', async () => {
    const life = new AccountLife();
    await life.begin(aSeed({}, { labels: {}, finalizers: [] }));
    await life.untilState('Ready');
    expect(await life.findings()).toEqual(['Ready/Ready']);
  });
});
