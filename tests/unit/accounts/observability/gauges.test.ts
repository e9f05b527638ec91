import { describe, expect, it } from '@jest/globals';
import { accountsMetrics } from '../../../../accounts/observability/accounts-metrics.ts';
import { accountsBody } from '../../../../accounts/observability/dashboard.ts';
import { ownGauges, poolGauges, seedGauges } from '../../../../accounts/observability/gauges.ts';
import { readGauges } from '../../../../accounts/observability/read-gauges.ts';
import { reportGauges } from '../../../../accounts/observability/report-gauges.ts';
import { anAccess } from '../../../simulation/federated/people.ts';
import { captureOutput } from '../../../support/captured-output.ts';
import { Pools } from '../../../support/fakes/account-pools.ts';
import { aClaim, store as put } from '../../../support/fakes/account-resources.ts';

const isSo = (type: string, reason: string) => ({ type, status: 'True', reason, message: reason });

const ours = { id: '7', name: 'seven' };

/** The gauges of a pool of two, by name; those of the pool with its name behind. */
async function gauges(pools: Pools, awsLimit: number | undefined = 50): Promise<Record<string, number>> {
  const readings = await readGauges(pools.store, { awsLimit, now: new Date() });
  return Object.fromEntries(
    readings.map(({ name, value, pool }) => [
      name.replace('aws_account_operator_', '') + (pool ? ` ${pool}` : ''),
      value,
    ]),
  );
}

describe('the gauges', () => {
  it('count accounts as the seed’s metrics do', async () => {
    const pools = await Pools.of(2);
    await pools.count({ accounts: 9, inProgress: 1, slots: [] });
    await pools.add('a', { state: 'Ready' });
    await pools.add('b', { state: 'PendingVerification' });
    await pools.add('c', { state: 'Creating' });
    await pools.add('d', { state: 'Failed' });
    await pools.add('e', { state: 'Ready', claimed: true }, { claimLink: 'claim', legalEntity: ours });
    await pools.add('f', { state: 'Ready', reused: true }, { legalEntity: ours });
    await pools.add('g', { state: 'Failed', reused: true }, { legalEntity: ours });
    await put(pools.store, aClaim());
    await pools.observe();
    await pools.fill();
    expect(await gauges(pools)).toEqual({
      total_aws_accounts: 10,
      total_account_crs: 7,
      total_accounts_crs_unclaimed: 2,
      total_accounts_crs_claimed: 1,
      total_aws_account_pending_verification: 1,
      total_accounts_crs_failed: 1,
      total_aws_accounts_crs_ready: 2,
      total_aws_account_claim_crs: 1,
      pending_account_claims: 1,
      longest_pending_claim_seconds: expect.any(Number),
      account_reuse_cleanup_failed: 0,
      empty_pools: 0,
      aws_limit_unknown: 0,
      aws_limit_used_percent: 20,
      federated_accesses_failed: 0,
      'account_pool_size p': 2,
      'available_non_ccs_accounts p': 1,
      'accounts_progressing p': 2,
      'aws_limit_delta p': 990,
    });
  });

  it('tell of pools without an account that can be claimed, and of none that is to have none', async () => {
    const pools = await Pools.of(1);
    expect((await gauges(pools)).empty_pools).toBe(1);
    const pool = await pools.pool();
    await pools.store.update({ ...pool, spec: { poolSize: 0 } });
    expect((await gauges(pools)).empty_pools).toBe(0);
  });

  it('tell when nobody knows how many accounts there are', async () => {
    const pools = new Pools();
    expect(await gauges(pools)).toMatchObject({ aws_limit_unknown: 1 });
    await pools.count({ problem: 'throttled' });
    expect(await gauges(pools)).toMatchObject({ aws_limit_unknown: 1, total_aws_accounts: 1 });
    expect(await gauges(pools)).not.toHaveProperty('aws_limit_used_percent');
  });

  it('tell how long a claim has waited, as long as it waits', async () => {
    const pools = await Pools.of(1);
    const claim = await put(pools.store, aClaim({}, { accountPool: 'p' }), {
      state: 'Pending',
      conditions: [],
    });
    const made = Date.parse(claim.metadata.creationTimestamp);
    const at = (seconds: number) => ({ awsLimit: 50, now: new Date(made + seconds * 1_000) });
    const waited = async (seconds: number) =>
      (await readGauges(pools.store, at(seconds))).find(({ name }) => name === ownGauges.longestPending.name)
        ?.value;
    expect(await waited(600)).toBe(600);
    await pools.store.updateStatus({ ...claim, status: { state: 'Ready', conditions: [] } });
    expect(await waited(600)).toBe(0);
  });

  it('tell of accounts that cannot be cleaned', async () => {
    const pools = await Pools.of(1);
    const conditions = [{ type: 'Failed', status: 'True' as const, reason: 'CleanUpFailed' }];
    await pools.add('a', { state: 'Cleaning', conditions }, { claimLink: 'c', legalEntity: ours });
    await pools.add('b', { state: 'Cleaning' }, { claimLink: 'd', legalEntity: ours });
    await pools.observe();
    expect((await gauges(pools)).account_reuse_cleanup_failed).toBe(1);
  });

  it.each([
    ['has failed', 1, { state: 'Failed', conditions: [isSo('Failed', 'NameTaken')] }],
    ['has ended with its claim', 0, { state: 'Failed', conditions: [isSo('Failed', 'ClaimGone')] }],
    [
      'cannot be taken down',
      1,
      { state: 'Failed', conditions: [isSo('Failed', 'ClaimGone'), isSo('CleanUpFailed', 'AccessDenied')] },
    ],
    ['waits', 0, { state: 'InProgress', conditions: [isSo('InProgress', 'ClaimMissing')] }],
  ])('count a federated access that %s as %s to be looked at', async (_, count, status) => {
    const pools = await Pools.of(1);
    await put(pools.store, anAccess('ns', 'access', 'network'), status);
    await pools.observe();
    expect(await gauges(pools)).toMatchObject({ federated_accesses_failed: count, total_account_crs: 0 });
  });

  it('are read without a look at any account', async () => {
    const pools = await Pools.of(1);
    await gauges(pools);
    const calls = pools.store.calls.length;
    await gauges(pools);
    expect(pools.store.calls.slice(calls).toSorted()).toEqual(['get', 'list', 'list', 'select', 'select']);
  });

  it('are published each with the service, those of a pool with its name', () => {
    const output = captureOutput();
    reportGauges(accountsMetrics(), [
      { name: 'one', value: 3 },
      { name: 'two', value: 4, pool: 'p' },
    ]);
    output.restore();
    const lines = output
      .text()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toMatchObject([
      { service: 'rosa-accounts', one: 3 },
      { service: 'rosa-accounts', pool_name: 'p', two: 4 },
    ]);
    expect(lines[0]._aws.CloudWatchMetrics[0].Namespace).toBe('RosaAccounts');
  });
});

describe('the dashboard', () => {
  it('shows metrics that are published, and all of the seed’s', () => {
    const shown = new Set(JSON.stringify(accountsBody).match(/aws_account_operator_\w+/g));
    const published = [seedGauges, ownGauges, poolGauges].flatMap((group) =>
      Object.values(group).map(({ name }): string => name),
    );
    expect([...shown].filter((name) => !published.includes(name))).toEqual([]);
    for (const { name } of Object.values(seedGauges)) expect(shown).toContain(name);
  });
});
