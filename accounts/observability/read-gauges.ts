import { allOf } from '../../shared/resources/all-of.ts';
import type { ResourceStore } from '../../shared/resources/resource-store.ts';
import { cleanUpFailed, partsOf, tallies } from '../counts/standing.ts';
import { allCounts, type Counts } from '../counts/tally.ts';
import { readLimit, roomIn } from '../organization-limit/organization-limit.ts';
import { accountClaimKind } from '../resources/account-claim.ts';
import { type AccountPoolSpec, type AccountPoolStatus, accountPoolKind } from '../resources/account-pool.ts';
import { operatorNamespace } from '../resources/api.ts';
import { claimSelection, claimSelections } from '../resources/selections.ts';
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
  const ofClaims = all.get(tallies.claims) ?? {};
  const claims = Object.values(ofClaims).reduce((sum, count) => sum + count, 0);
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
    { name: ownGauges.pendingClaims.name, value: ofClaims.Pending ?? 0 },
    { name: ownGauges.cleanUpsFailed.name, value: sumOf(accounts, ({ stage }) => stage === cleanUpFailed) },
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

/** Seconds since the claim was made that waits longest for an account of a pool. */
async function longestIn(
  store: Pick<ResourceStore, 'get' | 'select'>,
  pool: string,
  now: Date,
): Promise<number> {
  const selection = claimSelections.pending(pool);
  const [oldest] = await store.select({ kind: accountClaimKind.kind, selection, limit: 1 });
  const claim = oldest && (await store.get(oldest));
  // The index may show one that has got its account in the meantime.
  const isWaiting = claim && claimSelection(claim) === selection;
  return isWaiting ? (now.getTime() - Date.parse(claim.metadata.creationTimestamp)) / 1_000 : 0;
}

async function ofWaiting(
  store: Pick<ResourceStore, 'get' | 'select'>,
  pools: readonly string[],
  now: Date,
): Promise<Reading> {
  const seconds = await Promise.all(pools.map((pool) => longestIn(store, pool, now)));
  return { name: ownGauges.longestPending.name, value: Math.max(0, ...seconds) };
}

/**
 * All gauges as they stand. It reads the tallies, the pools, the organization's count and the claim of each pool that
 * waits longest, and no account.
 */
export async function readGauges(
  store: Pick<ResourceStore, 'get' | 'create' | 'list' | 'select'>,
  { awsLimit, now }: { awsLimit: number | undefined; now: Date },
): Promise<Reading[]> {
  const [organization, pools] = await Promise.all([ofOrganization(store, awsLimit), ofPools(store)]);
  const counts = await allCounts(store);
  const names = [...new Set(['', ...pools.flatMap(({ pool }) => pool ?? [])])];
  const waiting = await ofWaiting(store, names, now);
  return [...organization, ...ofAccounts(counts), ...ofAccesses(counts), ...pools, waiting];
}
