import { allOf } from '../../shared/resources/all-of.ts';
import type { ResourceStore } from '../../shared/resources/resource-store.ts';
import { partsOf, tallies } from '../counts/standing.ts';
import { allCounts, type Counts } from '../counts/tally.ts';
import { readLimit, roomIn } from '../organization-limit/organization-limit.ts';
import { type AccountPoolSpec, type AccountPoolStatus, accountPoolKind } from '../resources/account-pool.ts';
import { operatorNamespace } from '../resources/api.ts';
import { ownGauges, poolGauges, seedGauges } from './gauges.ts';

/** A gauge, of a pool or of all. */
export interface Reading {
  name: string;
  value: number;
  pool?: string;
}

type Test = (parts: ReturnType<typeof partsOf>) => boolean;

function ofAccesses(all: ReadonlyMap<string, Counts>): Reading[] {
  const { Failed = 0, Stuck = 0 } = all.get(tallies.accesses) ?? {};
  return [{ name: ownGauges.failedAccesses.name, value: Failed + Stuck }];
}

/** How many accounts stand so. */
const sumOf = (all: readonly Counts[], test: Test): number =>
  all
    .flatMap((counts) => Object.entries(counts))
    .filter(([word]) => test(partsOf(word)))
    .reduce((sum, [, count]) => sum + count, 0);

function ofAccounts(all: ReadonlyMap<string, Counts>): Reading[] {
  const others: string[] = [tallies.claims, tallies.accesses];
  const accounts = [...all].filter(([name]) => !others.includes(name)).map(([, counts]) => counts);
  const claims = Object.values(all.get(tallies.claims) ?? {}).reduce((sum, count) => sum + count, 0);
  const reading = (gauge: keyof typeof seedGauges, test: Test): Reading => ({
    name: seedGauges[gauge].name,
    value: sumOf(accounts, test),
  });
  const isUsable = (stage: string) => stage === 'Ready' || stage === 'PendingVerification';
  return [
    reading('MetricTotalAccountCRs', () => true),
    reading('MetricTotalAccountCRsUnclaimed', ({ stage, holding }) => holding === 'never' && isUsable(stage)),
    reading('MetricTotalAccountCRsClaimed', ({ holding }) => holding === 'now'),
    reading('MetricTotalAccountPendingVerification', ({ stage }) => stage === 'PendingVerification'),
    reading(
      'MetricTotalAccountCRsFailed',
      ({ stage, holding }) => stage === 'Failed' && holding !== 'before',
    ),
    reading('MetricTotalAccountCRsReady', ({ stage, holding }) => stage === 'Ready' && holding !== 'before'),
    { name: seedGauges.MetricTotalAccountClaimCRs.name, value: claims },
  ];
}

async function ofOrganization(
  store: Pick<ResourceStore, 'get' | 'create'>,
  awsLimit: number | undefined,
): Promise<Reading[]> {
  const limit = await readLimit(store);
  const room = roomIn(limit, awsLimit);
  const { accounts = 0, inProgress = 0 } = limit.status ?? {};
  const unknown = { name: ownGauges.limitUnknown.name, value: room === undefined ? 1 : 0 };
  const total = { name: seedGauges.MetricTotalAWSAccounts.name, value: accounts + inProgress };
  if (room === undefined || awsLimit === undefined) return limit.status ? [total, unknown] : [unknown];
  return [total, unknown, { name: ownGauges.limitUsed.name, value: (100 * (awsLimit - room)) / awsLimit }];
}

async function ofPools(store: Pick<ResourceStore, 'list'>): Promise<Reading[]> {
  const readings: Reading[] = [];
  let empty = 0;
  const of = { kind: accountPoolKind.kind, namespace: operatorNamespace };
  for await (const { metadata, spec, status } of allOf<AccountPoolSpec, AccountPoolStatus>(store, of)) {
    const { availableAccounts = 0, accountsProgressing = 0, awsLimitDelta } = status ?? {};
    if (spec.poolSize > 0 && availableAccounts === 0) empty += 1;
    const told = {
      size: spec.poolSize,
      available: availableAccounts,
      progressing: accountsProgressing,
      awsLimitDelta,
    };
    for (const [gauge, value] of Object.entries(told)) {
      const { name } = poolGauges[gauge as keyof typeof told];
      if (value !== undefined) readings.push({ name, value, pool: metadata.name });
    }
  }
  return [...readings, { name: ownGauges.emptyPools.name, value: empty }];
}

/** All gauges as they stand. It reads the tallies, the pools and the organization's count, and no account. */
export async function readGauges(
  store: Pick<ResourceStore, 'get' | 'create' | 'list'>,
  awsLimit: number | undefined,
): Promise<Reading[]> {
  const [organization, pools] = await Promise.all([ofOrganization(store, awsLimit), ofPools(store)]);
  const counts = await allCounts(store);
  return [...organization, ...ofAccounts(counts), ...ofAccesses(counts), ...pools];
}
