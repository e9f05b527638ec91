import type { Call } from '../../local-aws/call-log.ts';
import type { LocalAws } from '../../local-aws/local-aws.ts';
import { forgetCalls } from '../aws-calls.ts';
import { spread } from '../statistics.ts';
import { type Customer, create, ends } from './clusters.ts';
import { type WorkerRecord, workerCalls, workerRecords } from './regional-side.ts';

const steps = 3;

/** A number with two decimals. */
export const hundredths = (value: number): number => Math.round(value * 100) / 100;
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const ofCluster = ({ message, kind }: WorkerRecord): boolean =>
  message === 'reconciled' && kind === 'Cluster';

/** A look at a cluster that has ended, which a sweep asks for: one read. */
const isIdle = (record: WorkerRecord): boolean =>
  ofCluster(record) && record.outcome === 'done' && record.attempts === 1;

/** Milliseconds that clusters took which were led through all steps in one go, beyond the steps' invocations. */
function beyondInvocations(records: readonly WorkerRecord[]): number[] {
  const invoked = Map.groupBy(
    records.filter(({ message }) => message === 'step ended'),
    ({ cluster_id }) => cluster_id,
  );
  return records
    .filter((record) => ofCluster(record) && !isIdle(record))
    .flatMap(({ name, duration = 0 }) => {
      const ended = invoked.get(name) ?? [];
      if (ended.length !== steps) return [];
      return [duration - sum(ended.map(({ duration_ms = 0 }) => duration_ms))];
    });
}

const reads = ['GetItem', 'Query'];
const writes = ['UpdateItem', 'TransactWriteItems'];
const discovery = ['GetResources', 'ListFunctions', 'ListTags'];

/** What clusters cost that come in one way. */
export interface Measured {
  clusters: number;
  accounts: number;
  ends: Record<string, number>;
  /** Of the worker, by cluster; without the read that each sweep needs to see that nothing is to be done. */
  reads: number;
  writes: number;
  /** Looks at clusters that had ended, in all. */
  sweptLooks: number;
  /** Looks for functions in customers' accounts, in all. */
  discoveryCalls: number;
}

/** Makes clusters, and counts what the worker did for them. */
async function measured(
  aws: LocalAws,
  customers: readonly Customer[],
  clusters: number,
  make: () => Promise<Map<string, number>>,
): Promise<{ measured: Measured; calls: Call[]; records: WorkerRecord[] }> {
  await forgetCalls(aws);
  const startedAt = Date.now();
  const ended = await make();
  const calls = await workerCalls(aws);
  const records = await workerRecords(aws, startedAt);
  const count = (actions: readonly string[]) => calls.filter(({ action }) => actions.includes(action)).length;
  const sweptLooks = records.filter(isIdle).length;
  const measured = {
    clusters,
    accounts: customers.length,
    ends: Object.fromEntries(ended),
    reads: hundredths((count(reads) - sweptLooks) / clusters),
    writes: hundredths(count(writes) / clusters),
    sweptLooks,
    discoveryCalls: count(discovery),
  };
  return { measured, calls, records };
}

type Log = (line: string) => void;

/** What a lone cluster takes, in milliseconds for each step beyond its invocation. */
export interface Lone extends Measured {
  /** Of the sequence's own. */
  ownMsPerStep: ReturnType<typeof spread>;
  /** Until the table answered: the pace of moto, not of DynamoDB. */
  tableMsPerStep: number;
  tableCallsPerStep: number;
}

/** Clusters of one account, one after the other: what a step costs when nothing else goes on. */
export async function oneByOne(
  aws: LocalAws,
  customer: Customer,
  { count, name }: { count: number; name: string },
  log: Log,
): Promise<Lone> {
  const {
    measured: counted,
    calls,
    records,
  } = await measured(aws, [customer], count, async () => {
    const all = new Map<string, number>();
    for (let index = 0; index < count; index++) {
      const asked = await create([customer], 1, `${name}${index}x`);
      for (const [phase, number] of await ends(asked, () => {}))
        all.set(phase, (all.get(phase) ?? 0) + number);
    }
    log(`  ${count} clusters, one after the other`);
    return all;
  });
  const ofTable = calls.filter(({ service }) => service === 'dynamodb');
  const tableMsPerStep = sum(ofTable.map(({ ms }) => ms)) / count / steps;
  const own = beyondInvocations(records).map((ms) => ms / steps - tableMsPerStep);
  return {
    ...counted,
    ownMsPerStep: spread(own.length > 0 ? own : [Number.NaN]),
    tableMsPerStep: hundredths(tableMsPerStep),
    tableCallsPerStep: hundredths(ofTable.length / count / steps),
  };
}

/** Clusters of many accounts, all at once. */
export const atOnce = async (
  aws: LocalAws,
  customers: readonly Customer[],
  count: number,
  log: Log,
): Promise<Measured> =>
  (await measured(aws, customers, count, async () => ends(await create(customers, count, `n${count}x`), log)))
    .measured;
