import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ClusterStatus } from '../../../shared/platform-api/platform-api.ts';
import { BothSides } from '../../support/both-sides.ts';

/** Two deploys. */
const prepareTimeoutMs = 300_000;

const worker = 'rosa-regional-worker';
const distributor = 'rosa-regional-distributor';
const api = 'rosa-regional-api';

/** For each cluster: the work that it is, and the count of its end. */
const distributes = ['sqs:SendMessageBatch', 'dynamodb:UpdateItem'];

let sides: BothSides;
let before: ClusterStatus | undefined;
let changes: Record<string, string[]>;
let created = 0;

const nextName = (): string => `dev${++created}`;

/** What differs from one cluster to the next: ids, times, and how long something took. */
const comparable = (status: ClusterStatus | undefined): unknown =>
  JSON.parse(
    JSON.stringify(status, (key, value) =>
      ['at', 'durationMs', 'requestId', 'lastTransitionTime', 'version'].includes(key) ? undefined : value,
    ),
  );

/** Whether the fault has been met; a call may come when the cluster is ready already. */
async function isMet(): Promise<boolean> {
  for (const until = Date.now() + 30_000; Date.now() < until; await sleep(50)) {
    if ((await sides.laptop.faults()).length === 0) return true;
  }
  return false;
}

/** Makes a cluster while a function is killed by a call that changes something, after AWS has done it. */
async function clusterWhile(call: object) {
  await sides.laptop.fault({ ...call, effect: 'crash', times: 1 });
  const { id } = await sides.createCluster(nextName());
  const status = await sides.end(id);
  return { id, status, killed: await isMet() };
}

/** The n-th change of a function. */
const nth = (name: string, index: number) => ({
  changes: true,
  function: name,
  ...(index > 0 && { after: index }),
});

/** The next call of an action by a function. */
function next(name: string, call: string) {
  const [service, action] = call.split(':');
  return { service, action, function: name };
}

beforeAll(async () => {
  sides = await BothSides.start();
  await sides.register();
  // The account learns its release once; the clusters that are compared come after that.
  await sides.end((await sides.createCluster(nextName())).id);
  await sides.laptop.forgetCalls();
  before = await sides.end((await sides.createCluster(nextName())).id);
  changes = await sides.laptop.changesByFunction();
  await sides.bringWorkBackAfter(2);
}, prepareTimeoutMs);
beforeEach(() => sides.laptop.forgetCalls());
afterEach(() => sides.laptop.clearFaults());
afterAll(() => sides?.stop());

describe('a cluster whose functions are killed at every call that changes something', () => {
  it('is made by some calls of the worker, the distributor and the API', () => {
    expect(before?.phase).toBe('Ready');
    expect(changes[worker]?.length).toBeGreaterThanOrEqual(7);
    expect(changes[distributor]).toEqual(expect.arrayContaining(distributes));
    expect(changes[api]?.length).toBeGreaterThanOrEqual(1);
  });

  it('ends as an undisturbed one when it was the worker, with each effect once', async () => {
    for (const [index, call] of (changes[worker] ?? []).entries()) {
      const { id, status, killed } = await clusterWhile(nth(worker, index));
      expect({ call, killed }).toEqual({ call, killed: true });
      expect(comparable(status)).toEqual(comparable(before));
      expect(await sides.providersOf(id)).toBe(1);
    }
  }, 180_000);

  it('ends as an undisturbed one when it was the distributor', async () => {
    for (const call of distributes) {
      const { id, status, killed } = await clusterWhile(next(distributor, call));
      expect({ call, killed }).toEqual({ call, killed: true });
      expect(comparable(status)).toEqual(comparable(before));
      expect(await sides.providersOf(id)).toBe(1);
    }
  }, 120_000);

  it('is made once when it was the API, whose answer was lost', async () => {
    for (const call of changes[api] ?? []) {
      const { id, status, killed } = await clusterWhile(next(api, call));
      expect({ call, killed }).toEqual({ call, killed: true });
      expect(status?.phase).toBe('Ready');
      const all = await sides.platformApi.listClusters();
      expect(all.filter((cluster) => cluster.name === `dev${created}`).map((one) => one.id)).toEqual([id]);
    }
  }, 120_000);
});
