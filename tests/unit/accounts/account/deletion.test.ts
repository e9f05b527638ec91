import { describe, expect, it } from '@jest/globals';
import { ForbiddenAccountError } from '../../../../accounts/aws/account-guards.ts';
import { AccountLife, aSeed, type Circumstances } from '../../../support/fakes/account-life.ts';
import { awsError } from '../../../support/fakes/aws-errors.ts';
import { insideAccounts } from '../../../support/fakes/in-member-account.ts';

async function inState(state: string, circumstances?: Circumstances): Promise<AccountLife> {
  const life = new AccountLife(circumstances);
  await life.begin();
  await life.untilState(state);
  return life;
}

describe('an account that is deleted', () => {
  it('takes its users, keys and secrets with it, and leaves the AWS account', async () => {
    const life = await inState('Ready');
    const { awsAccountID } = (await life.account()).spec;
    await life.delete();
    await life.until();
    expect(await life.found()).toBeUndefined();
    expect(life.world.account(awsAccountID)?.iam.userList).toEqual([]);
    expect(life.world.secrets.names).toEqual([]);
    expect(life.world.organization.members.length).toBe(1);
  });

  it('ends the instances that are under way', async () => {
    const life = await inState('InitializingRegions', { aws: { instanceSeconds: [600, 600] } });
    await life.look();
    const ec2 = life.world.account((await life.account()).spec.awsAccountID)?.ec2;
    expect(ec2?.leftInstances.length).toBe(3);
    await life.delete();
    await life.until();
    expect([ec2?.leftInstances, await life.found()]).toEqual([[], undefined]);
  });

  it('goes at once, and enters nothing, when the AWS account it names was not taken yet', async () => {
    const life = new AccountLife();
    await life.begin(aSeed({ awsAccountID: '333333333333' }));
    await life.delete();
    await life.until();
    expect(await life.found()).toBeUndefined();
    expect(life.calls.filter((call) => call.startsWith('sts:'))).toEqual([]);
  });

  it('ends what an earlier attempt has left in a region that is done', async () => {
    let isHidden = true;
    const life = await inState('InitializingRegions', {
      ports: insideAccounts(({ instances }) => ({
        instances: (region) => ({
          ...instances(region),
          ...(isHidden && { withTags: async () => [], state: async () => 'pending' }),
        }),
      })),
    });
    await life.until();
    isHidden = false;
    await life.change({}, { state: '' });
    await life.untilState('InitializingRegions');
    const regions = (await life.account()).status?.regions?.map((one) => ({
      ...one,
      state: 'Done' as const,
    }));
    await life.change({}, { ...(regions && { regions }) });
    const ec2 = life.world.account((await life.account()).spec.awsAccountID)?.ec2;
    expect(ec2?.leftInstances.length).toBe(3);
    await life.delete();
    await life.until();
    expect([ec2?.leftInstances, await life.found()]).toEqual([[], undefined]);
  });

  it('leaves users alone that are not its own', async () => {
    const life = await inState('Ready');
    const { awsAccountID } = (await life.account()).spec;
    const users = life.world.account(awsAccountID)?.iam.users(async (_, effect) => effect());
    await users?.tag('osdManagedAdmin', { clusterAccountName: 'another' });
    await life.delete();
    await life.until();
    expect(life.world.account(awsAccountID)?.iam.userList.map(({ name }) => name)).toEqual([
      'osdManagedAdmin',
    ]);
  });

  it('stays while its users cannot be taken away', async () => {
    let isBroken = true;
    const life = await inState('Ready', {
      ports: insideAccounts(({ users }) => ({
        users: {
          ...users,
          delete: async (name) => {
            if (isBroken) throw awsError('iam:DeleteUser', 'DeleteConflict');
            await users.delete(name);
          },
        },
      })),
    });
    await life.delete();
    await life.look();
    expect(await life.look()).toEqual({ outcome: 'again', afterSeconds: 5 });
    expect(await life.findings()).toContain('AccountClientError/DeleteConflict');
    isBroken = false;
    await life.until();
    expect(await life.found()).toBeUndefined();
  });

  it('has three more tries to be entered, each half a minute later; then somebody has to look', async () => {
    const life = await inState('Ready', {
      ports: ({ members }) => {
        let isLocked = false;
        return {
          members: {
            enter: async (account, way) => {
              isLocked ||= 'deletion' in ((account as { status?: object }).status ?? {});
              if (!isLocked) return members.enter(account, way);
              return { outcome: 'refused', error: awsError('sts:AssumeRole', 'AccessDenied') };
            },
          },
        };
      },
    });
    await life.delete();
    await life.look();
    const waits = [];
    for (let tries = 0; tries < 4; tries += 1) waits.push(await life.look());
    expect(waits).toEqual([
      ...[30, 60, 90].map((afterSeconds) => ({ outcome: 'again', afterSeconds })),
      { outcome: 'failed', reason: expect.stringContaining('AccessDenied') },
    ]);
    expect(await life.findings()).toEqual(['AccountClientError/AccessDenied']);
    const writes = life.store.changes.length;
    expect(await life.look()).toMatchObject({ outcome: 'failed' });
    expect(life.store.changes.length).toBe(writes);
    expect((await life.account()).metadata.finalizers).toEqual(['finalizer.aws.managed.openshift.io']);
  });

  it.each(['SUSPENDED', 'PENDING_CLOSURE', 'CLOSED'] as const)(
    'is let go without a word when it is %s',
    async (state) => {
      const life = await inState('Ready', {
        ports: ({ organization }) => ({
          organization: {
            ...organization,
            account: async (id) => ({ id, name: 'a', email: 'a@example.com', state }),
          },
        }),
      });
      const entered = life.calls.filter((call) => call.startsWith('sts:AssumeRole')).length;
      await life.delete();
      await life.look();
      expect(await life.found()).toBeUndefined();
      expect(life.calls.filter((call) => call.startsWith('sts:AssumeRole')).length).toBe(entered);
      expect(life.world.secrets.names).toEqual([]);
    },
  );

  it.each([
    ['is the one that pays', '111111111111'],
    ['is that of another', 'another'],
    ['lets nobody in from the beginning', '999999999999'],
  ])('goes without a look into its AWS account when that %s', async (_, which) => {
    const life = new AccountLife();
    const { id } = life.world.organization.invite({ name: 'old', email: 'old@example.com' });
    await life.begin(aSeed({ awsAccountID: id }, { name: 'osd-creds-mgmt-first1' }));
    await life.untilState('Ready');
    const { iam } = life.world.account(id) ?? {};
    const users = iam?.userList;
    await life.begin(aSeed({ awsAccountID: which === 'another' ? id : which }));
    await life.until();
    expect(await life.state()).toBe('Failed');
    const calls = life.calls.length;
    await life.delete();
    await life.look();
    expect(await life.found()).toBeUndefined();
    expect(life.calls.slice(calls).filter((call) => !call.startsWith('secretsmanager:Delete'))).toEqual([]);
    expect(iam?.userList).toEqual(users);
  });

  it('is left alone once nobody may enter it any more, and says so once', async () => {
    let isBlocked = false;
    const life = await inState('Ready', {
      ports: ({ members }) => ({
        members: {
          enter: async (account, way) => {
            if (isBlocked) throw new ForbiddenAccountError(account, 'it is blocked');
            return members.enter(account, way);
          },
        },
      }),
    });
    isBlocked = true;
    await life.delete();
    await life.until();
    expect(await life.findings()).toEqual(['AccountClientError/ForbiddenAccount']);
    const writes = life.store.changes.length;
    expect(await life.look()).toMatchObject({ outcome: 'failed' });
    expect(life.store.changes.length).toBe(writes);
    isBlocked = false;
    await life.until();
    expect(await life.found()).toBeUndefined();
  });

  it('goes at once when nothing was made for it', async () => {
    const life = new AccountLife({
      mayCreate: () => ({ allowed: false, why: 'it is full', afterSeconds: 300 }),
    });
    await life.begin();
    await life.look();
    await life.delete();
    await life.look();
    expect(await life.found()).toBeUndefined();
  });

  it('waits for what AWS makes of its request, so that no account is nobody’s', async () => {
    const life = new AccountLife({ aws: { creationSeconds: [60, 60] } });
    await life.begin();
    await life.look();
    await life.delete();
    expect(await life.look()).toMatchObject({ outcome: 'again' });
    await life.until(({ spec }) => spec.awsAccountID !== '');
    expect(life.world.organization.members.map(({ id }) => id)).toEqual([
      (await life.account()).spec.awsAccountID,
    ]);
    await life.until();
    expect(await life.found()).toBeUndefined();
  });

  it('goes also when it has failed', async () => {
    const life = await inState('Creating');
    life.wait(601);
    await life.look();
    await life.delete();
    await life.until();
    expect(await life.found()).toBeUndefined();
  });

  it('is nobody’s business without our finalizer', async () => {
    const life = new AccountLife();
    await life.begin(aSeed({}, { finalizers: ['example.com/another'] }), { state: 'Ready' });
    await life.delete();
    expect(await life.look()).toEqual({ outcome: 'done' });
  });
});
