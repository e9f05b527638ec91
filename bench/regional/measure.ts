import { setTimeout as sleep } from 'node:timers/promises';
import type { LocalAws } from '../../local-aws/local-aws.ts';
import type { PlatformApi } from '../../shared/platform-api/platform-api.ts';
import { spread } from '../statistics.ts';
import { forgetCalls, regionalCalls, type WorkerRecord, workerRecords } from './regional-side.ts';
import type { StubAccount } from './stub-accounts.ts';

/** An account with its way to the Platform API. */
export interface Customer extends StubAccount {
  platformApi: PlatformApi;
}

const steps = 3;

/** Clusters that are asked for at the same time. */
const side = 16;

const request = (name: string) => ({
  name,
  region: 'us-east-1',
  vpcId: 'vpc-0a1b2c3d4e5f60718',
  subnetIds: ['subnet-0a1b2c3d4e5f60718'],
});

interface Asked {
  customer: Customer;
  id: string;
}

/** Asks for clusters, some at a time; the customers take turns. */
async function create(customers: readonly Customer[], count: number, prefix: string): Promise<Asked[]> {
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
async function ends(asked: readonly Asked[], log: (line: string) => void): Promise<Map<string, number>> {
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

const ofCluster = ({ message, kind }: WorkerRecord): boolean =>
  message === 'reconciled' && kind === 'Cluster';

/** Milliseconds that a reconcile of all steps took beyond its invocations, by step. */
function ownMsPerStep(records: readonly WorkerRecord[]): number[] {
  const invoked = Map.groupBy(
    records.filter(({ message }) => message === 'step ended'),
    ({ cluster_id }) => cluster_id,
  );
  return records.filter(ofCluster).flatMap(({ name, duration = 0 }) => {
    const ended = invoked.get(name) ?? [];
    if (ended.length !== steps) return [];
    const sum = ended.reduce((total, { duration_ms = 0 }) => total + duration_ms, 0);
    return [(duration - sum) / steps];
  });
}

const hundredths = (value: number): number => Math.round(value * 100) / 100;

/** What clusters cost that come in one way. */
export interface Measured {
  clusters: number;
  accounts: number;
  ends: Record<string, number>;
  /** Of the worker, by cluster. */
  reads: number;
  writes: number;
  /** Looks for functions in customers' accounts, in all. */
  discoveryCalls: number;
  /** Milliseconds of the sequence's own for each step, its table's time included. */
  ownMsPerStep: ReturnType<typeof spread>;
}

/** Makes clusters, and counts what the worker did for them. */
async function measured(
  aws: LocalAws,
  customers: readonly Customer[],
  clusters: number,
  make: () => Promise<Map<string, number>>,
): Promise<Measured> {
  await forgetCalls(aws);
  const startedAt = Date.now();
  const ended = await make();
  const calls = await regionalCalls(aws);
  const count = (...actions: string[]) =>
    actions.reduce((sum, action) => sum + (calls.get(`rosa-regional-worker ${action}`) ?? 0), 0);
  const own = ownMsPerStep(await workerRecords(aws, startedAt));
  return {
    clusters,
    accounts: customers.length,
    ends: Object.fromEntries(ended),
    reads: hundredths(count('dynamodb:GetItem', 'dynamodb:Query') / clusters),
    writes: hundredths(count('dynamodb:UpdateItem', 'dynamodb:TransactWriteItems') / clusters),
    discoveryCalls: count('tagging:GetResources', 'lambda:ListFunctions', 'lambda:ListTags'),
    ownMsPerStep: spread(own.length > 0 ? own : [Number.NaN]),
  };
}

type Log = (line: string) => void;

/** Clusters of one account, one after the other: what a step costs when nothing else goes on. */
export const oneByOne = (
  aws: LocalAws,
  customer: Customer,
  { count, name }: { count: number; name: string },
  log: Log,
): Promise<Measured> =>
  measured(aws, [customer], count, async () => {
    const all = new Map<string, number>();
    for (let index = 0; index < count; index++) {
      const asked = await create([customer], 1, `${name}${index}x`);
      for (const [phase, number] of await ends(asked, () => {}))
        all.set(phase, (all.get(phase) ?? 0) + number);
    }
    log(`  ${count} clusters, one after the other`);
    return all;
  });

/** Clusters of many accounts, all at once. */
export const atOnce = (
  aws: LocalAws,
  customers: readonly Customer[],
  count: number,
  log: Log,
): Promise<Measured> =>
  measured(aws, customers, count, async () => ends(await create(customers, count, `n${count}x`), log));
