import { SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from '@jest/globals';
import { alarmNow } from '../alarm-value.ts';
import { eventually } from '../eventually.ts';
import { followRunbook } from '../runbooks/follow.ts';
import { customer, slowMs, type World } from './world.ts';

const distributor = 'rosa-regional-distributor';
const failingAlarm = 'rosa-regional-clusters-failing';

/** The alarm of clusters that fail one after the other, and its runbook. */
export const failingSuite = (world: World): void =>
  describe('three clusters that fail one after the other', () => {
    let ids: string[];

    /** What CloudWatch does at once, and minutes after the last failure: the laptop AWS evaluates no alarms. */
    const setAlarm = (StateValue: 'ALARM' | 'OK') => {
      const command = { AlarmName: failingAlarm, StateValue, StateReason: 'as CloudWatch would' };
      return world.records.cloudWatch.send(new SetAlarmStateCommand(command));
    };

    async function failThree(): Promise<void> {
      expect(await alarmNow(world.records.cloudWatch, failingAlarm)).toMatchObject({ rings: false });
      ids = await Promise.all(
        [1, 2, 3].map(async () => (await world.sides.platformApi.createCluster(world.hopeless())).id),
      );
      expect(await world.records.unended(ids)).toEqual([]);
      const alarm = () => alarmNow(world.records.cloudWatch, failingAlarm);
      expect(await eventually(alarm, ({ rings }) => rings)).toEqual({ value: 3, rings: true });
      await setAlarm('ALARM');
    }

    async function succeed(): Promise<void> {
      expect((await world.make()).status?.phase).toBe('Ready');
      await setAlarm('OK');
      const counts = async () =>
        (await world.records.of(distributor)).flatMap(({ ConsecutiveFailedClusters: count }) => count ?? []);
      expect((await eventually(counts, (all) => all.at(-1) === 0)).at(-1)).toBe(0);
    }

    it(
      'ring the alarm, whose runbook helps, word for word; one that gets ready ends it',
      async () => {
        await followRunbook(world.shell, {
          runbook: 'clusters-failing',
          bring: failThree,
          shows: /"consecutive_failures":3,"accounts":1/,
          meanwhile: succeed,
        });
      },
      slowMs,
    );

    it('are named in the log, with what they failed of', async () => {
      const [record] = await world.records.of(distributor, 'clusters fail one after the other');
      expect(record).toMatchObject({ level: 'ERROR', next: 'docs/runbooks/clusters-failing.md' });
      const failures = record?.failures as { account: string; cluster: string; message: string }[];
      expect(new Set(failures.map(({ account }) => account))).toEqual(new Set([customer]));
      expect(failures.map(({ cluster }) => cluster).toSorted()).toEqual(ids.toSorted());
      for (const { message } of failures) expect(message).toContain('network-verifier found');
    });
  });
