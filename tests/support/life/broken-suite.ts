import { beforeAll, describe, expect, it } from '@jest/globals';
import type { PlatformApi } from '../../../shared/platform-api/platform-api.ts';
import { alarmNow } from '../alarm-value.ts';
import { brokenAccount } from './broken-account.ts';
import { type BrokenWay, brokenWays } from './broken-ways.ts';
import { customer, slowMs, threeTimes, type World, waysOf } from './world.ts';

/** Every way in which functions cannot be used, each in an account of its own. */
export const brokenSuite = (world: World): void =>
  describe('a function', () => {
    /** What became of two clusters of one account, one of each mode. */
    interface Outcome {
      platformApi: PlatformApi;
      dual: string;
      lambda: string;
    }

    const outcomes = new Map<BrokenWay, Outcome>();
    let waiting: string;

    async function breakOne(way: BrokenWay, index: number): Promise<void> {
      const accountId = String(200000000001 + index);
      const platformApi = await brokenAccount(world.sides, accountId, way);
      const { id: dual } = await platformApi.createCluster(world.hopeless());
      await platformApi.changeAccount(accountId, { accessMode: 'lambda' });
      const { id: lambda } = await platformApi.createCluster(world.hopeless());
      outcomes.set(way, { platformApi, dual, lambda });
    }

    beforeAll(async () => {
      // Lambda does not work for the customer, whose mode is lambda.
      const target = `:${customer}:function:rosa-network-verifier`;
      const error = { code: 'ServiceException', status: 500, message: 'An internal error occurred.' };
      await world.sides.laptop.fault({ service: 'lambda', action: 'Invoke', target, error });
      waiting = (await world.sides.createCluster(world.nextName())).id;
      // Three at a time: each request to the API is a process.
      const left = [...brokenWays.entries()];
      const breakNext = async () => {
        for (let next = left.shift(); next; next = left.shift()) await breakOne(next[1], next[0]);
      };
      await Promise.all([breakNext(), breakNext(), breakNext()]);
      const ending = [...outcomes].flatMap(([way, { dual, lambda }]) =>
        way.attempts ? [dual, lambda] : [dual],
      );
      expect(await world.records.unended(ending)).toEqual([]);
    }, slowMs);

    it.each(brokenWays)('that $way: in mode dual the installer role makes the cluster', async (way) => {
      const { platformApi, dual } = outcomes.get(way) as Outcome;
      const status = await platformApi.clusterStatus(dual);
      expect(status?.phase).toBe('Ready');
      expect(waysOf(status)).toEqual(threeTimes('oidc-sts'));
      expect(status?.operations[0]?.fallback).toEqual({
        kind: way.kind,
        message: expect.stringMatching(way.says),
      });
      expect(status?.conditions[0]?.message).toContain('via oidc-sts, since the functions could not be used');
    });

    it.each(brokenWays.filter(({ attempts }) => attempts))(
      'that $way: in mode lambda the cluster fails, and the customer reads what to do',
      async (way) => {
        const { platformApi, lambda } = outcomes.get(way) as Outcome;
        const status = await platformApi.clusterStatus(lambda);
        expect(status?.phase).toBe('Failed');
        expect(status?.operations).toMatchObject([
          { via: 'lambda', attempts: way.attempts, error: { kind: way.kind } },
        ]);
        expect(status?.operations[0]?.error?.message).toMatch(way.says);
        expect(status?.message).toContain(status?.operations[0]?.error?.message);
      },
    );

    it('that cannot be reached, since Lambda does not work: in mode lambda the cluster waits, and goes on when it can', async () => {
      const before = await world.sides.platformApi.clusterStatus(waiting);
      expect(before).toMatchObject({
        phase: 'Provisioning',
        message: expect.stringMatching(
          /checking the network; tried \d+ times, trying again: .*ServiceException/,
        ),
      });
      await world.sides.laptop.clearFaults();
      expect(await world.records.unended([waiting])).toEqual([]);
      const after = await world.sides.platformApi.clusterStatus(waiting);
      expect(after?.phase).toBe('Ready');
      expect(after?.operations[1]?.attempts).toBeGreaterThan(4);
    }, 120_000);

    it('is recorded for each step, by kind, in the log and in the metric', async () => {
      const steps = await world.records.stepsEnded();
      for (const [{ kind, says }, { dual }] of outcomes) {
        expect(steps.filter(({ cluster_id }) => cluster_id === dual)[0]).toMatchObject({
          ...{ operation: 'preflight-checker', via: 'oidc-sts', access_mode: 'dual' },
          ...{ fallback_kind: kind, fallback_reason: expect.stringMatching(says) },
        });
      }
      for (const kind of new Set(brokenWays.map((way) => way.kind))) {
        const count = steps.filter(({ fallback_kind }) => fallback_kind === kind).length;
        expect([kind, await world.records.sum('Fallbacks', { kind })]).toEqual([kind, count]);
      }
    });

    it('rings the alarm', async () => {
      const alarm = await alarmNow(world.records.cloudWatch, 'rosa-regional-fallbacks');
      expect(alarm).toMatchObject({ rings: true });
    });
  });
