import { describe, expect, it } from '@jest/globals';
import { customerAccountKey } from '../../../../regional/accounts/customer-account.ts';
import { type ClusterStatus, clusterKey } from '../../../../regional/clusters/cluster.ts';
import { clusterController, type StepReport } from '../../../../regional/clusters/cluster-controller.ts';
import type { Reconciled } from '../../../../shared/reconcile/reconcile.ts';
import { ConflictError } from '../../../../shared/resources/resource-store.ts';
import { answered, FakeCustomerAccess, unanswered } from '../../../support/fakes/customer-access.ts';
import { MemoryStore } from '../../../support/fakes/memory-store.ts';
import { accountId, clusterId, storeCluster, storedCluster } from '../../../support/fakes/regional.ts';

const failedNetwork = answered('network-verifier', {
  summary: { status: 'failed', passed: 66, failed: 1, warning: 1 },
  network_validation_results: [
    { check_name: 'vpc_dns', status: 'passed', message: 'DNS is on', resource_id: 'vpc-1', details: {} },
    { check_name: 'subnet_tags', status: 'warning', message: 'No tag', resource_id: 'subnet-1', details: {} },
    { check_name: 'egress', status: 'failed', message: 'No way out', resource_id: 'rtb-1', details: {} },
  ],
});

/** A cluster, and what looks at it; the clock stands still unless told. */
async function prepare(access = new FakeCustomerAccess(), spec = {}) {
  const store = new MemoryStore();
  await storeCluster(store, spec);
  const reports: StepReport[] = [];
  const report = (ended: StepReport) => void reports.push(ended);
  const controller = clusterController({ store, access, settings: { outagePauseSeconds: 60 }, report });
  const clock = { now: new Date('2026-03-01T09:00:00Z'), remainingMs: 900_000 };
  const context = { remainingMs: () => clock.remainingMs, now: () => clock.now };
  const look = async (): Promise<Reconciled> => {
    const cluster = await storedCluster(store);
    if (!cluster) throw new Error('the cluster is gone');
    return controller.reconcile(cluster, context);
  };
  /** Looks until there is nothing to do at once; all pauses are told. */
  const settle = async (): Promise<{ ended: Reconciled; pauses: number[] }> => {
    const pauses: number[] = [];
    for (;;) {
      const ended = await look();
      if (ended.outcome !== 'again') return { ended, pauses };
      if (ended.afterSeconds > 0) pauses.push(ended.afterSeconds);
      clock.now = new Date(clock.now.getTime() + ended.afterSeconds * 1_000);
    }
  };
  const status = async (): Promise<ClusterStatus | undefined> => (await storedCluster(store))?.status;
  return { store, access, look, settle, status, reports, clock };
}

describe('the sequence of a cluster', () => {
  it('asks the three functions one after the other, and then the cluster is ready', async () => {
    const { settle, status, access } = await prepare();
    const { ended } = await settle();
    expect(ended).toEqual({ outcome: 'done' });
    expect(access.operations).toEqual(['preflight-checker', 'network-verifier', 'oidc-provisioner']);
    expect(await status()).toMatchObject({
      phase: 'Ready',
      oidcProviderArn: expect.stringContaining(':oidc-provider/'),
      conditions: [
        { type: 'PreflightPassed', status: 'True', reason: 'Passed' },
        { type: 'NetworkVerified', status: 'True', reason: 'Passed' },
        { type: 'OidcProvided', status: 'True', reason: 'Passed' },
      ],
    });
  });

  it('asks for what the customer asked for', async () => {
    const { settle, access } = await prepare();
    await settle();
    expect(access.calls.map(({ request }) => request)).toEqual([
      {
        region: 'us-east-1',
        cluster_config: { instance_types: ['m5.xlarge'], node_count: 2 },
        cluster_id: clusterId,
      },
      { vpc_id: 'vpc-0a1b2c3d4e5f60718', subnet_ids: ['subnet-0a1b2c3d4e5f60718'], cluster_id: clusterId },
      { issuer_url: `https://oidc.example.com/${clusterId}`, cluster_id: clusterId },
    ]);
  });

  it('says what it is doing before it begins', async () => {
    const { look, status } = await prepare();
    await look();
    expect(await status()).toMatchObject({
      phase: 'Provisioning',
      message: 'checking the account: quotas, roles, services',
    });
  });

  it('keeps with each result who answered, when, and how long it took', async () => {
    const { settle, status } = await prepare();
    await settle();
    expect((await status())?.operations[0]).toEqual({
      operation: 'preflight-checker',
      outcome: 'passed',
      via: 'lambda',
      attempts: 1,
      at: '2026-03-01T09:00:00.000Z',
      request_id: '7c6f8a52-0001',
      duration_ms: 1_200,
      function_arn: 'arn:aws:lambda:us-east-1:123456789012:function:rosa-some-component:prod',
      version: '7',
      release: '0.1.0',
      summary: { status: 'passed', passed: 40, failed: 0, warning: 0 },
      findings: [],
    });
  });

  it('stops at a failed check, with the findings for the customer', async () => {
    const access = new FakeCustomerAccess(({ operation }) =>
      operation === 'network-verifier' ? failedNetwork : answered(operation),
    );
    const { settle, status } = await prepare(access);
    const { ended } = await settle();
    const failure = 'network-verifier found what a cluster cannot be made with. egress: No way out';
    expect(ended).toEqual({ outcome: 'failed', reason: failure });
    expect(access.operations).toEqual(['preflight-checker', 'network-verifier']);
    const found = await status();
    expect(found).toMatchObject({ phase: 'Failed', message: failure });
    expect(found?.operations[1]?.findings).toEqual([
      { check_name: 'egress', status: 'failed', message: 'No way out', resource_id: 'rtb-1' },
      { check_name: 'subnet_tags', status: 'warning', message: 'No tag', resource_id: 'subnet-1' },
    ]);
  });

  it('lets warnings pass, and keeps them visible', async () => {
    const warned = answered('preflight-checker', {
      summary: { status: 'warning', passed: 43, failed: 0, warning: 1 },
      validation_results: [{ check_name: 'quota_nat', status: 'warning', message: 'Nearly', details: {} }],
    });
    const { settle, status } = await prepare(
      new FakeCustomerAccess(({ operation }) =>
        operation === 'preflight-checker' ? warned : answered(operation),
      ),
    );
    await settle();
    const found = await status();
    expect(found?.phase).toBe('Ready');
    expect(found?.operations[0]).toMatchObject({
      outcome: 'warning',
      findings: [{ check_name: 'quota_nat', status: 'warning', message: 'Nearly' }],
    });
    expect(found?.conditions[0]).toMatchObject({ status: 'True', reason: 'PassedWithWarnings' });
  });

  it('does nothing more when it has ended', async () => {
    const { settle, look, access, store } = await prepare();
    await settle();
    const before = store.changes.length;
    expect(await look()).toEqual({ outcome: 'done' });
    expect(access.calls).toHaveLength(3);
    expect(store.changes).toHaveLength(before);
  });

  it('reads the account once for each step, and nothing else', async () => {
    const { settle, store } = await prepare();
    store.calls.length = 0;
    await settle();
    const reads = store.calls.filter((name) => name === 'get');
    // Four looks at the cluster: the beginning and three steps, which read the account.
    expect(reads).toHaveLength(4 + 3);
  });
});

describe('a step without an answer', () => {
  it('is tried again after 1, 2 and 4 seconds, without sleeping in the meantime', async () => {
    const access = new FakeCustomerAccess(({ operation, nth }) =>
      operation === 'preflight-checker' && nth < 4 ? unanswered() : answered(operation),
    );
    const { settle, status } = await prepare(access);
    const { pauses } = await settle();
    expect(pauses).toEqual([1, 2, 4]);
    const found = await status();
    expect(found?.phase).toBe('Ready');
    expect(found?.operations[0]).toMatchObject({ operation: 'preflight-checker', attempts: 4 });
    expect(found?.trying).toBeUndefined();
  });

  it('says while it is tried again how often it was, and why', async () => {
    const { look, status } = await prepare(new FakeCustomerAccess(() => unanswered()));
    await look();
    await look();
    expect((await status())?.message).toBe(
      'checking the account: quotas, roles, services; tried once, trying again: Lambda limits the rate of calls',
    );
  });

  it('fails the cluster when the fourth try fails, and the customer reads why', async () => {
    const { settle, status, access } = await prepare(new FakeCustomerAccess(() => unanswered()));
    const { ended } = await settle();
    expect(ended.outcome).toBe('failed');
    expect(access.calls.map(({ options }) => options.triesBefore)).toEqual([0, 1, 2, 3]);
    expect(await status()).toMatchObject({
      phase: 'Failed',
      message: 'preflight-checker gave no result: Lambda limits the rate of calls',
      operations: [{ outcome: 'error', error: { kind: 'throttled' }, attempts: 4 }],
    });
  });

  it('is tried once more when it took too long: twice is too slow', async () => {
    const late = { kind: 'timed-out', message: 'Lambda ended the function', mayPass: true } as const;
    const { settle, status } = await prepare(new FakeCustomerAccess(() => unanswered(late)));
    const { pauses } = await settle();
    expect(pauses).toEqual([1]);
    expect((await status())?.operations).toMatchObject([{ outcome: 'error', attempts: 2 }]);
  });

  it('waits as long as Lambda asks for', async () => {
    const busy = unanswered({ retryAfterSeconds: 9 });
    const access = new FakeCustomerAccess(({ operation, nth }) => (nth <= 1 ? busy : answered(operation)));
    const { settle } = await prepare(access);
    expect((await settle()).pauses).toEqual([9, 9, 9]);
  });

  it('is not tried again when that cannot help', async () => {
    const missing = { kind: 'not-found', message: 'run `rosactl setup-account`', mayPass: false } as const;
    const { settle, status } = await prepare(new FakeCustomerAccess(() => unanswered(missing)));
    const { pauses } = await settle();
    expect(pauses).toEqual([]);
    expect((await status())?.operations).toMatchObject([{ outcome: 'error', attempts: 1 }]);
  });

  it('waits out an outage of Lambda and goes on when it is over', async () => {
    const outage = unanswered({ kind: 'unreachable', message: 'Lambda does not answer' });
    const access = new FakeCustomerAccess(({ operation, nth }) =>
      operation === 'network-verifier' && nth <= 30 ? outage : answered(operation),
    );
    const { settle, status } = await prepare(access);
    const { pauses } = await settle();
    expect(pauses).toEqual([1, 2, 4, ...Array(27).fill(60)]);
    expect((await status())?.phase).toBe('Ready');
  });

  it('gives up an outage after a day', async () => {
    const outage = unanswered({ kind: 'unreachable', message: 'Lambda does not answer' });
    const { settle, status } = await prepare(new FakeCustomerAccess(() => outage));
    const { pauses } = await settle();
    const waited = pauses.reduce((sum, pause) => sum + pause, 0);
    expect(waited).toBeGreaterThan(24 * 3_600 - 60);
    expect(waited).toBeLessThan(24 * 3_600 + 60);
    expect(await status()).toMatchObject({ phase: 'Failed' });
  });

  it('leaves a step that may take long to an invocation with enough time', async () => {
    const { look, access, clock } = await prepare();
    await look();
    clock.remainingMs = 120_000;
    expect(await look()).toEqual({ outcome: 'again', afterSeconds: 1 });
    expect(access.calls).toEqual([]);
  });
});

describe('a cluster that is deleted', () => {
  it('is let go before it has begun', async () => {
    const { store, look, access } = await prepare();
    await store.delete(clusterKey(accountId, clusterId));
    expect(await look()).toEqual({ outcome: 'done' });
    expect(await storedCluster(store)).toBeUndefined();
    expect(access.calls).toEqual([]);
  });

  it('is let go in the middle: what a step has found is not written over the deletion', async () => {
    let store: MemoryStore | undefined;
    const access = new FakeCustomerAccess(async ({ operation }) => {
      if (operation === 'network-verifier') await store?.delete(clusterKey(accountId, clusterId));
      return answered(operation);
    });
    const prepared = await prepare(access);
    store = prepared.store;
    await expect(prepared.settle()).rejects.toThrow(ConflictError);
    expect(await prepared.look()).toEqual({ outcome: 'done' });
    expect(await storedCluster(prepared.store)).toBeUndefined();
    expect(access.operations).toEqual(['preflight-checker', 'network-verifier']);
  });
});

describe('an account', () => {
  it('that is not registered any more fails the cluster, and says what to do', async () => {
    const { store, settle, status } = await prepare();
    await store.delete(customerAccountKey(accountId));
    await settle();
    expect((await status())?.message).toBe(
      'The account 123456789012 is not registered any more. Run "rosactl setup-account", and create the cluster again',
    );
  });

  it('learns which release answered, and when', async () => {
    const { store, settle } = await prepare();
    await settle();
    const account = await store.get(customerAccountKey(accountId));
    expect(account?.status).toEqual({ release: '0.1.0', lastAnswerAt: '2026-03-01T09:00:00.000Z' });
  });

  it('is not written again by every answer', async () => {
    const { store, settle } = await prepare();
    await settle();
    const writes = store.changes.filter(({ after }) => after?.kind === 'CustomerAccount');
    expect(writes).toHaveLength(2);
  });
});

describe('what is told of a step', () => {
  it('names the cluster, the account and what was found', async () => {
    const { settle, reports } = await prepare();
    await settle();
    expect(reports.map(({ operation }) => operation.operation)).toEqual([
      'preflight-checker',
      'network-verifier',
      'oidc-provisioner',
    ]);
    expect(reports[0]?.account.metadata.name).toBe(accountId);
  });

  it('keeps the mode a cluster was made with, whatever the account has become', async () => {
    const { settle, access } = await prepare(new FakeCustomerAccess(), { accessMode: 'oidc-sts' });
    await settle();
    expect(new Set(access.calls.map(({ mode }) => mode))).toEqual(new Set(['oidc-sts']));
  });

  it('tells why the functions were not used', async () => {
    const reason = { kind: 'denied', message: 'AWS does not let the platform in', mayPass: false } as const;
    const access = new FakeCustomerAccess(({ operation }) => ({
      ...answered(operation, {}, { via: 'oidc-sts' }),
      fallback: { reason },
    }));
    const { settle, status } = await prepare(access, { accessMode: 'dual' });
    await settle();
    expect((await status())?.operations[0]).toMatchObject({
      via: 'oidc-sts',
      fallback: { kind: 'denied', message: 'AWS does not let the platform in' },
    });
    expect((await status())?.conditions[0]?.message).toContain('since the functions could not be used');
  });
});
