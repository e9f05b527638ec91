import { describe, expect, it } from '@jest/globals';
import type { Instances } from '../../../../accounts/aws/instances.ts';
import { AccountLife, type Circumstances } from '../../../support/fakes/account-life.ts';
import { awsError } from '../../../support/fakes/aws-errors.ts';
import { insideAccounts } from '../../../support/fakes/in-member-account.ts';

/** Regions in which some calls answer otherwise. */
const inRegions = (how: (region: string, instances: Instances) => Partial<Instances>): Circumstances => ({
  ports: insideAccounts(({ instances }) => ({
    instances: (region) => ({ ...instances(region), ...how(region, instances(region)) }),
  })),
});

async function initializing(circumstances?: Circumstances): Promise<AccountLife> {
  const life = new AccountLife(circumstances);
  await life.begin();
  await life.untilState('InitializingRegions');
  return life;
}

const ec2Of = async (life: AccountLife) => life.world.account((await life.account()).spec.awsAccountID)?.ec2;

describe('the regions of an account', () => {
  it('each get one instance, which is ended when it has run', async () => {
    const life = await initializing({ aws: { instanceSeconds: [20, 90] } });
    await life.untilState('PendingVerification');
    const ec2 = await ec2Of(life);
    expect(ec2?.usedRegions.sort()).toEqual(['eu-west-1', 'sa-east-1', 'us-east-1']);
    expect(['eu-west-1', 'sa-east-1', 'us-east-1'].map((region) => ec2?.startedIn(region))).toEqual([
      1, 1, 1,
    ]);
    expect(ec2?.leftInstances).toEqual([]);
    expect((await life.account()).status?.regions?.map(({ state }) => state)).toEqual([
      'Done',
      'Done',
      'Done',
    ]);
  });

  it('wait until AWS has made the account ready, and do not fail for that', async () => {
    const life = await initializing({ aws: { verificationSeconds: [600, 600] } });
    expect(await life.look()).toEqual({ outcome: 'again', afterSeconds: 10 });
    const { status } = await life.account();
    expect(status?.regions?.[0]?.message).toMatch(/PendingVerification|OptInRequired/);
    await life.untilState('PendingVerification');
  });

  it('go on where they were when the look before ended in the middle', async () => {
    let isBroken = true;
    const life = await initializing(
      inRegions((region, instances) => ({
        start: async (request) => {
          const started = await instances.start(request);
          if (isBroken && region === 'eu-west-1') throw awsError('ec2:RunInstances', 'TimeoutError');
          return started;
        },
      })),
    );
    await life.look();
    isBroken = false;
    await life.untilState('PendingVerification');
    expect((await ec2Of(life))?.startedIn('eu-west-1')).toBe(1);
  });

  it('get another instance when one has ended by itself', async () => {
    let looks = 0;
    const life = await initializing(
      inRegions((region, instances) => ({
        state: async (id) => {
          if (region !== 'eu-west-1') return instances.state(id);
          looks += 1;
          return looks === 1 ? 'terminated' : instances.state(id);
        },
      })),
    );
    await life.untilState('PendingVerification');
    expect((await ec2Of(life))?.startedIn('eu-west-1')).toBe(2);
  });

  it('have 51 minutes; then the account fails, says which, and has no instance left', async () => {
    const life = await initializing(
      inRegions((region) => ({
        ...(region === 'sa-east-1' && {
          start: async () => ({ outcome: 'limit' as const, code: 'VcpuLimitExceeded', said: 'no more' }),
        }),
        ...(region === 'eu-west-1' && { state: async () => 'pending' as const }),
      })),
    );
    await life.until();
    const { status } = await life.account();
    expect([await life.state(), await life.findings()]).toEqual([
      'Failed',
      ['AccountCreationFailed/RegionInitializationTimeout'],
    ]);
    const { message } = status?.conditions?.find(({ type }) => type === 'AccountCreationFailed') ?? {};
    expect(message).toContain('sa-east-1: VcpuLimitExceeded: no more');
    expect((await ec2Of(life))?.leftInstances).toEqual([]);
  });

  it('get no instance any more when their time is over', async () => {
    const starts: number[] = [];
    const life: AccountLife = await initializing(
      inRegions(() => ({
        newestImage: async () => {
          life.wait(1_000);
          return { id: 'ami-1', rootDevice: '/dev/xvda', rootGiB: 8 };
        },
        start: async () => {
          starts.push(life.now().getTime());
          return { outcome: 'later', code: 'PendingVerification', said: 'not verified' };
        },
      })),
    );
    const deadline = Date.parse((await life.account()).status?.deadline ?? '');
    await life.until();
    expect(starts.length).toBeGreaterThan(0);
    expect(Math.max(...starts)).toBeLessThan(deadline);
    expect(await life.state()).toBe('Failed');
  });

  it('count as failed only when what was started last is seen, and has ended', async () => {
    const life = await initializing(inRegions(() => ({ state: async () => 'pending' })));
    const deadline = Date.parse((await life.account()).status?.deadline ?? '');
    await life.until(({ status }) => status?.state === 'Failed');
    expect(life.now().getTime() - deadline).toBeGreaterThanOrEqual(120_000);
    expect((await ec2Of(life))?.leftInstances).toEqual([]);
  });

  it('get another instance, and no second one, when AWS takes the same request for another', async () => {
    let asked = 0;
    const life = await initializing(
      inRegions((region, instances) => ({
        start: async (request) => {
          if (region !== 'eu-west-1') return instances.start(request);
          asked += 1;
          if (asked === 2) return { outcome: 'spent' };
          const started = await instances.start(request);
          if (asked === 1) throw awsError('ec2:RunInstances', 'TimeoutError');
          return started;
        },
      })),
    );
    await life.untilState('PendingVerification');
    expect((await ec2Of(life))?.startedIn('eu-west-1')).toBe(2);
    expect((await ec2Of(life))?.leftInstances).toEqual([]);
  });

  it('fail the account at once when AWS says what no other try can change', async () => {
    const life = await initializing(
      inRegions((region) => ({
        ...(region === 'sa-east-1' && {
          start: async () => {
            throw awsError('ec2:RunInstances', 'InvalidParameterValue');
          },
        }),
      })),
    );
    const before = life.now().getTime();
    await life.until();
    const { conditions = [] } = (await life.account()).status ?? {};
    expect(conditions.find(({ type }) => type === 'AccountCreationFailed')?.message).toContain(
      'InvalidParameterValue',
    );
    expect(life.now().getTime() - before).toBeLessThan(300_000);
  });

  it('fail the account when there is no image for them', async () => {
    const life = await initializing(inRegions(() => ({ newestImage: async () => undefined })));
    await life.until();
    const { conditions = [] } = (await life.account()).status ?? {};
    expect(conditions.find(({ type }) => type === 'AccountCreationFailed')?.message).toContain(
      'no image named',
    );
  });

  it('have an instance of an earlier attempt ended before the account goes on', async () => {
    let isOpen = false;
    const life = await initializing(
      inRegions((region, instances) => ({
        ...(region === 'eu-west-1' && {
          // It is started, and not shown to those who look for it.
          withTags: async (tags) => (isOpen ? instances.withTags(tags) : []),
          state: async (id) => (isOpen ? instances.state(id) : 'pending'),
        }),
      })),
    );
    await life.until();
    expect((await ec2Of(life))?.leftInstances.length).toBe(1);
    isOpen = true;
    await life.change({}, { state: '' });
    await life.untilState('PendingVerification');
    expect((await ec2Of(life))?.startedIn('eu-west-1')).toBe(2);
    expect((await ec2Of(life))?.leftInstances).toEqual([]);
  });

  it('are given up when the account stays shut', async () => {
    let isShut = false;
    const life = await initializing({
      ports: ({ members }) => ({
        members: {
          enter: (account, way) =>
            isShut
              ? Promise.resolve({ outcome: 'refused', error: awsError('sts:AssumeRole', 'AccessDenied') })
              : members.enter(account, way),
        },
      }),
    });
    isShut = true;
    life.wait(3_061);
    expect(await life.look()).toMatchObject({ outcome: 'again' });
    life.wait(3_061);
    await life.look();
    const { conditions = [] } = (await life.account()).status ?? {};
    expect(conditions.find(({ type }) => type === 'AccountCreationFailed')?.message).toMatch(
      /instances may be left/,
    );
  });
});
