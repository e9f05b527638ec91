import { ListOpenIDConnectProvidersCommand } from '@aws-sdk/client-iam';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ClusterStatus } from '../../../shared/platform-api/platform-api.ts';
import { BothSides } from '../../support/both-sides.ts';

/** Two deploys. */
const prepareTimeoutMs = 300_000;

const worker = 'rosa-regional-worker';
const distributor = 'rosa-regional-distributor';
const api = 'rosa-regional-api';

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

async function providersOf(clusterId: string): Promise<number> {
  const { OpenIDConnectProviderList = [] } = await sides.laptop.iam.send(
    new ListOpenIDConnectProvidersCommand({}),
  );
  return OpenIDConnectProviderList.filter(({ Arn }) => Arn?.endsWith(clusterId)).length;
}

/** Has a function killed by its n-th call that changes something, after AWS has done it, and makes a cluster. */
async function clusterWhile(name: string, call: number) {
  const after = call > 1 ? { after: call - 1 } : {};
  await sides.laptop.fault({ changes: true, function: name, effect: 'crash', times: 1, ...after });
  const { id } = await sides.createCluster(nextName());
  const status = await sides.end(id);
  return { id, status, killed: (await sides.laptop.faults()).length === 0 };
}

beforeAll(async () => {
  sides = await BothSides.start();
  await sides.register();
  // The account learns its release once; the clusters that are compared come after that.
  await sides.end((await sides.createCluster(nextName())).id);
  await sides.laptop.forgetCalls();
  before = await sides.end((await sides.createCluster(nextName())).id);
  changes = await sides.laptop.changesByFunction();
}, prepareTimeoutMs);
beforeEach(() => sides.laptop.forgetCalls());
afterEach(() => sides.laptop.clearFaults());
afterAll(() => sides?.stop());

describe('a cluster whose functions are killed at every call that changes something', () => {
  it('is made by some calls of the worker, the distributor and the API', () => {
    expect(before?.phase).toBe('Ready');
    expect(changes[worker]?.length).toBeGreaterThanOrEqual(7);
    expect(changes[distributor]?.length).toBeGreaterThanOrEqual(1);
    expect(changes[api]?.length).toBeGreaterThanOrEqual(1);
  });

  it('ends as an undisturbed one when it was the worker, with each effect once', async () => {
    for (const [index, call] of (changes[worker] ?? []).entries()) {
      const { id, status, killed } = await clusterWhile(worker, index + 1);
      expect({ call, killed }).toEqual({ call, killed: true });
      expect(comparable(status)).toEqual(comparable(before));
      expect(await providersOf(id)).toBe(1);
    }
  }, 180_000);

  it('ends as an undisturbed one when it was the distributor', async () => {
    for (const [index, call] of (changes[distributor] ?? []).entries()) {
      const { id, status, killed } = await clusterWhile(distributor, index + 1);
      expect({ call, killed }).toEqual({ call, killed: true });
      expect(comparable(status)).toEqual(comparable(before));
      expect(await providersOf(id)).toBe(1);
    }
  }, 120_000);

  it('is made once when it was the API, whose answer was lost', async () => {
    for (const [index, call] of (changes[api] ?? []).entries()) {
      const { id, status, killed } = await clusterWhile(api, index + 1);
      expect({ call, killed }).toEqual({ call, killed: true });
      expect(status?.phase).toBe('Ready');
      const all = await sides.platformApi.listClusters();
      expect(all.filter((cluster) => cluster.name === `dev${created}`).map((one) => one.id)).toEqual([id]);
    }
  }, 120_000);
});
