import { describe, expect, it } from '@jest/globals';
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
