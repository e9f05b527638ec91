import { describe, expect, it } from '@jest/globals';
import { eventually } from '../eventually.ts';
import { customer, type World } from './world.ts';

/** A cluster that goes before it is made. */
export const deletionSuite = (world: World): void =>
  describe('a cluster that is deleted while a function is at work', () => {
    const name = 'short-lived';
    let id: string;

    it('is gone when that has ended, and nothing more is done for it', async () => {
      const target = `:${customer}:function:rosa-network-verifier`;
      const slow = { service: 'lambda', action: 'Invoke', target, latencyMs: 6_000, times: 1 };
      await world.sides.laptop.fault(slow);
      ({ id } = await world.sides.createCluster(name));
      const look = () => world.sides.platformApi.clusterStatus(id);
      await eventually(look, (status) => status?.operations.length === 1);
      expect(await world.sides.platformApi.deleteCluster(id)).toBe('deleting');
      expect(await eventually(look, (status) => status === undefined)).toBeUndefined();
      expect(await world.sides.providersOf(id)).toBe(0);
      const steps = await world.records.stepsEnded();
      expect(steps.filter(({ cluster_id }) => cluster_id === id).map(({ operation }) => operation)).toEqual([
        'preflight-checker',
      ]);
    });

    it('leaves its name to another one', async () => {
      const again = await world.make(name);
      expect(again.id).not.toBe(id);
      expect(again.status?.phase).toBe('Ready');
    });
  });
