import { setTimeout as sleep } from 'node:timers/promises';
import type { PlatformApi } from '../../shared/platform-api/platform-api.ts';
import type { StubAccount } from './stub-accounts.ts';

/** An account with its way to the Platform API. */
export interface Customer extends StubAccount {
  platformApi: PlatformApi;
}

/** Clusters that are asked for at the same time. */
const side = 16;

const request = (name: string) => ({
  name,
  region: 'us-east-1',
  vpcId: 'vpc-0a1b2c3d4e5f60718',
  subnetIds: ['subnet-0a1b2c3d4e5f60718'],
});

/** A cluster that was asked for. */
interface Asked {
  customer: Customer;
  id: string;
}

/** Asks for clusters, some at a time; the customers take turns. */
export async function create(
  customers: readonly Customer[],
  count: number,
  prefix: string,
): Promise<Asked[]> {
  const asked: Asked[] = [];
  let next = 0;
  const one = async () => {
    for (let index = next++; index < count; index = next++) {
      const customer = customers[index % customers.length] as Customer;
      const { id } = await customer.platformApi.createCluster(request(`${prefix}${index}`));
      asked.push({ customer, id });
    }
  };
  await Promise.all(Array.from({ length: Math.min(side, count) }, one));
  return asked;
}

const final = new Set(['Ready', 'Failed']);

/** Milliseconds between two looks, which cost the table time, too: one cluster is read, many are listed. */
const pauseMs = { one: 1000, many: 10_000 };

async function phaseOf({ customer: { platformApi }, id }: Asked): Promise<string> {
  return (await platformApi.describeCluster(id))?.phase ?? 'gone';
}

/** Takes down which clusters have ended, and how. */
async function look(waiting: readonly Asked[], ended: Map<string, string>): Promise<void> {
  const note = (id: string, phase: string) => final.has(phase) && ended.set(id, phase);
  const [lone] = waiting;
  if (lone && waiting.length === 1) return void note(lone.id, await phaseOf(lone));
  for (const { platformApi } of new Set(waiting.map(({ customer }) => customer))) {
    for (const { id, phase } of await platformApi.listClusters()) note(id, phase);
  }
}

/** Milliseconds without a cluster that ends, after which no more of them are waited for. */
const patienceMs = 240_000;

/** How the clusters have ended, with the number of each way. */
export async function ends(
  asked: readonly Asked[],
  log: (line: string) => void,
): Promise<Map<string, number>> {
  const ended = new Map<string, string>();
  let [waiting, progressAt] = [asked, Date.now()];
  while (waiting.length > 0 && Date.now() - progressAt < patienceMs) {
    await sleep(asked.length === 1 ? pauseMs.one : pauseMs.many);
    await look(waiting, ended);
    const left = asked.filter(({ id }) => !ended.has(id));
    if (left.length < waiting.length) progressAt = Date.now();
    waiting = left;
    log(`  ${asked.length - waiting.length} of ${asked.length} have ended`);
  }
  const phases = Map.groupBy(asked, ({ id }) => ended.get(id) ?? 'not ended');
  return new Map([...phases].map(([phase, all]) => [phase, all.length]));
}
