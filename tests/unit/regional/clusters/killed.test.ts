import { describe, expect, it } from '@jest/globals';
import { type ClusterStatus, clusterKey } from '../../../../regional/clusters/cluster.ts';
import { clusterController } from '../../../../regional/clusters/cluster-controller.ts';
import type { Reconciled } from '../../../../shared/reconcile/reconcile.ts';
import { ConflictError, type ResourceStore } from '../../../../shared/resources/resource-store.ts';
import { FakeCustomerAccess } from '../../../support/fakes/customer-access.ts';
import { MemoryStore } from '../../../support/fakes/memory-store.ts';
import { accountId, clusterId, storeCluster, storedCluster } from '../../../support/fakes/regional.ts';

class Killed extends Error {}

/** Kills the worker at its n-th call, before the call has done anything or after it has. */
class Executioner {
  readonly #at: number;
  readonly #when: 'before' | 'after';
  calls = 0;
  killed = false;

  constructor(at: number, when: 'before' | 'after') {
    this.#at = at;
    this.#when = when;
  }

  async watch<Value>(call: () => Promise<Value>): Promise<Value> {
    const isMine = ++this.calls === this.#at;
    if (isMine && this.#when === 'before') this.#kill();
    const value = await call();
    if (isMine) this.#kill();
    return value;
  }

  #kill(): never {
    this.killed = true;
    throw new Killed();
  }
}

/** The same object, each of whose calls the executioner sees. */
const watched = <Thing extends object>(thing: Thing, executioner: Executioner): Thing =>
  new Proxy(thing, {
    get: (target, name) => {
      const member = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return (...given: unknown[]) => executioner.watch(() => member.apply(target, given));
    },
  });

const context = { remainingMs: () => 900_000, now: () => new Date('2026-03-01T09:00:00Z') };

/** Works on the cluster until there is nothing to do, beginning anew whenever the worker is killed. */
async function work(store: MemoryStore, access: FakeCustomerAccess, executioner: Executioner): Promise<void> {
  const tools = { store: watched<ResourceStore>(store, executioner), access: watched(access, executioner) };
  const controller = clusterController({ ...tools, settings: { outagePauseSeconds: 60 }, report: () => {} });
  for (let ended: Reconciled | undefined; ended?.outcome !== 'done'; ) {
    const cluster = await storedCluster(store);
    if (!cluster) return;
    ended = await controller.reconcile(cluster, context).catch((error: unknown) => {
      if (error instanceof Killed || error instanceof ConflictError) return undefined;
      throw error;
    });
  }
}

async function prepare() {
  const store = new MemoryStore();
  await storeCluster(store);
  return { store, access: new FakeCustomerAccess() };
}

async function statusAfter(at: number, when: 'before' | 'after') {
  const { store, access } = await prepare();
  const executioner = new Executioner(at, when);
  await work(store, access, executioner);
  return { status: (await storedCluster(store))?.status, executioner, access };
}

const never = 1_000;
const undisturbed = await statusAfter(never, 'before');
const moments = Array.from({ length: undisturbed.executioner.calls }, (_, index) => index + 1);

describe('a worker that is killed', () => {
  it('makes a dozen calls for a cluster, each of which may be its last', () => {
    expect(moments.length).toBeGreaterThan(10);
  });

  it.each(moments)('at call %i leaves a cluster that ends as if it had not been', async (at) => {
    for (const when of ['before', 'after'] as const) {
      const { status, executioner } = await statusAfter(at, when);
      expect(executioner.killed).toBe(true);
      expect(status).toEqual(undisturbed.status);
    }
  });

  it.each(moments)('at call %i does not ask a function twice for what is stored already', async (at) => {
    const { access } = await statusAfter(at, 'after');
    // The answer that was not stored is asked for again; the operations are idempotent.
    expect(access.calls.length).toBeLessThanOrEqual(4);
    expect(new Set(access.operations).size).toBe(3);
  });
});

describe('two workers on one cluster', () => {
  it('leave one result of each operation', async () => {
    const { store, access } = await prepare();
    const nobody = () => new Executioner(never, 'before');
    await Promise.all([work(store, access, nobody()), work(store, access, nobody())]);
    const status = (await storedCluster(store))?.status as ClusterStatus;
    expect(status).toEqual(undisturbed.status);
  });

  it('let a cluster go that is deleted between them', async () => {
    const { store, access } = await prepare();
    const nobody = () => new Executioner(never, 'before');
    const working = [work(store, access, nobody()), work(store, access, nobody())];
    await store.delete(clusterKey(accountId, clusterId));
    await Promise.all(working);
    expect(await storedCluster(store)).toBeUndefined();
  });
});
