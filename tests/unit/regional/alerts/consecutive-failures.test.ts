import { describe, expect, it } from '@jest/globals';
import { type Change, countFailures } from '../../../../regional/alerts/consecutive-failures.ts';
import type { Cluster, ClusterStatus } from '../../../../regional/clusters/cluster.ts';
import { ConflictError } from '../../../../shared/resources/resource-store.ts';
import { MemoryStore } from '../../../support/fakes/memory-store.ts';
import { newCluster } from '../../../support/fakes/regional.ts';

function inPhase(id: string, phase: ClusterStatus['phase']): Cluster {
  const cluster = newCluster({}, id);
  const metadata = {
    generation: 1,
    resourceVersion: '1',
    creationTimestamp: '',
    annotations: {},
    labels: {},
  };
  return {
    ...cluster,
    metadata: { ...metadata, finalizers: [], ...cluster.metadata, uid: id },
    status: { phase, message: `${id} is ${phase}`, conditions: [], operations: [] },
  };
}

const end = (id: string, phase: 'Ready' | 'Failed'): Change => ({
  before: inPhase(id, 'Provisioning'),
  after: inPhase(id, phase),
});

describe('the count of clusters that fail one after the other', () => {
  it('goes up with each, and names them', async () => {
    const store = new MemoryStore();
    await countFailures(store, [end('c1', 'Failed')]);
    const counted = await countFailures(store, [end('c2', 'Failed'), end('c3', 'Failed')]);
    expect(counted?.consecutiveFailures).toBe(3);
    expect(counted?.failures.map(({ cluster, message }) => [cluster, message])).toEqual([
      ['c1', 'c1 is Failed'],
      ['c2', 'c2 is Failed'],
      ['c3', 'c3 is Failed'],
    ]);
  });

  it('begins again with one that gets ready', async () => {
    const store = new MemoryStore();
    await countFailures(store, [end('c1', 'Failed'), end('c2', 'Failed')]);
    expect((await countFailures(store, [end('c3', 'Ready')]))?.consecutiveFailures).toBe(0);
    expect((await countFailures(store, [end('c4', 'Failed')]))?.consecutiveFailures).toBe(1);
  });

  it('tells the most there were, even when the last of the same batch got ready', async () => {
    const store = new MemoryStore();
    const batch = [end('c1', 'Failed'), end('c2', 'Failed'), end('c3', 'Failed'), end('c4', 'Ready')];
    expect((await countFailures(store, batch))?.consecutiveFailures).toBe(3);
    expect((await countFailures(store, [end('c5', 'Failed')]))?.consecutiveFailures).toBe(1);
  });

  it('counts an event that comes twice once', async () => {
    const store = new MemoryStore();
    await countFailures(store, [end('c1', 'Failed')]);
    expect(await countFailures(store, [end('c1', 'Failed')])).toBeUndefined();
    expect((await countFailures(store, [end('c2', 'Failed')]))?.consecutiveFailures).toBe(2);
  });

  it('overlooks what is no end: a step, a deletion, another kind, an item that is none of ours', async () => {
    const store = new MemoryStore();
    const nothing: Change[] = [
      { before: inPhase('c1', 'Pending'), after: inPhase('c1', 'Provisioning') },
      { before: inPhase('c1', 'Failed') },
      { before: inPhase('c1', 'Failed'), after: inPhase('c1', 'Failed') },
      { after: { ...inPhase('c2', 'Failed'), kind: 'CustomerAccount' } },
      {},
    ];
    expect(await countFailures(store, nothing)).toBeUndefined();
    expect(store.calls).toEqual([]);
  });

  it('counts all when two shards count at the same moment', async () => {
    let disturbed = false;
    const store: MemoryStore = new MemoryStore({
      beforeCall: async (name) => {
        if (name !== 'updateStatus' || disturbed) return;
        disturbed = true;
        await countFailures(store, [end('c9', 'Failed')]);
      },
    });
    expect((await countFailures(store, [end('c1', 'Failed')]))?.consecutiveFailures).toBe(2);
  });

  it('gives the batch back when others do not let it count', async () => {
    const store = new MemoryStore({
      beforeCall: (name) => {
        if (name === 'updateStatus') throw new ConflictError({ kind: 'k', namespace: 'n', name: 'x' });
      },
    });
    await expect(countFailures(store, [end('c1', 'Failed')])).rejects.toThrow(ConflictError);
  });
});
