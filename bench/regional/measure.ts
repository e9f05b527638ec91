import type { LocalAws } from '../../local-aws/local-aws.ts';
import { forgetCalls } from '../aws-calls.ts';
import { spread } from '../statistics.ts';
import { type Customer, create, ends } from './clusters.ts';
import { regionalCalls, type WorkerRecord, workerRecords } from './regional-side.ts';

const steps = 3;

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
