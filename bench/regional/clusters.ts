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

/** Takes down which clusters of the customers have ended, and how. */
async function look(customers: Iterable<Customer>, ended: Map<string, string>): Promise<void> {
  for (const { platformApi } of customers) {
    for (const { id, phase } of await platformApi.listClusters()) {
      if (final.has(phase)) ended.set(id, phase);
    }
  }
}

/** Milliseconds without a cluster that ends, after which no more of them are waited for. */
const patienceMs = 120_000;

/** How the clusters have ended, with the number of each way. */
export async function ends(
  asked: readonly Asked[],
  log: (line: string) => void,
): Promise<Map<string, number>> {
  const customers = new Set(asked.map(({ customer }) => customer));
  const ended = new Map<string, string>();
  const hasEnded = () => asked.filter(({ id }) => ended.has(id)).length;
  let [before, progressAt] = [0, Date.now()];
  while (before < asked.length && Date.now() - progressAt < patienceMs) {
    await look(customers, ended);
    if (hasEnded() > before) progressAt = Date.now();
    before = hasEnded();
    log(`  ${before} of ${asked.length} have ended`);
    if (before < asked.length) await sleep(500);
  }
  const phases = Map.groupBy(asked, ({ id }) => ended.get(id) ?? 'not ended');
  return new Map([...phases].map(([phase, all]) => [phase, all.length]));
}
