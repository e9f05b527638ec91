import { beforeEach, describe, expect, it } from '@jest/globals';
import { waitUntilGone, waitUntilReady } from '../../../../shared/clusters/wait-for-cluster.ts';
import type { PlatformApi } from '../../../../shared/platform-api/platform-api.ts';
import { type SteppingClock, steppingClock } from '../../../support/fakes/clock.ts';
import { apiFailure, clusterStatus, fakePlatformApi } from '../../../support/fakes/platform-api.ts';
import type { Recorded } from '../../../support/fakes/recorded.ts';

const provisioning = clusterStatus('Provisioning');
const ready = clusterStatus('Ready');

let clock: SteppingClock;
let said: string[];

beforeEach(() => {
  clock = steppingClock();
  said = [];
});

const world = (platformApi: Recorded<PlatformApi>) => ({
  platformApi,
  ...clock,
  say: (text: string) => void said.push(text),
});

const untilReady = (platformApi: Recorded<PlatformApi>) => waitUntilReady(world(platformApi), 'id-1');
const untilGone = (platformApi: Recorded<PlatformApi>) => waitUntilGone(world(platformApi), 'id-1');

describe('waiting for a cluster to be ready', () => {
  it('looks after 2 seconds, then less and less often, at last every 20, until it is', async () => {
    const api = fakePlatformApi({ statuses: [...Array(6).fill(provisioning), ready] });
    expect(await untilReady(api)).toEqual({ end: 'ready', status: ready });
    expect(clock.slept).toEqual([2_000, 4_000, 8_000, 16_000, 20_000, 20_000]);
    expect(api.calls[0]).toEqual({ name: 'clusterStatus', args: ['id-1'] });
  });

  it('says how far it is, each state once', async () => {
    const placed = clusterStatus('Provisioning', 'WaitingForEtcd');
    await untilReady(fakePlatformApi({ statuses: [provisioning, provisioning, placed, ready] }));
    expect(said).toEqual([
      'Provisioning; Available is False (Provisioning)',
      'Provisioning; Available is False (WaitingForEtcd)',
    ]);
  });

  it('says what each operation found, as soon as it is known', async () => {
    const operations = [
      { operation: 'preflight-checker', outcome: 'passed', via: 'lambda', findings: [], durationMs: 1_234 },
      { operation: 'network-verifier', outcome: 'warning', via: 'oidc-sts', findings: [] },
    ];
    const statuses = [
      provisioning,
      { ...provisioning, operations: operations.slice(0, 1) },
      { ...ready, operations },
    ];
    await untilReady(fakePlatformApi({ statuses }));
    expect(said).toEqual([
      'Provisioning; Available is False (Provisioning)',
      'preflight-checker passed, via lambda (1.2 s)',
      'network-verifier warning, via oidc-sts',
    ]);
  });

  it('ends when it has failed', async () => {
    const failed = clusterStatus('Failed', 'NoCapacity');
    const waited = await untilReady(fakePlatformApi({ statuses: [provisioning, failed] }));
    expect(waited).toEqual({ end: 'failed', status: failed });
  });

  it('ends when somebody has deleted it, and tells the last that was heard', async () => {
    const waited = await untilReady(fakePlatformApi({ statuses: [provisioning, undefined] }));
    expect(waited).toEqual({ end: 'gone', status: provisioning });
  });

  it('ends after 35 minutes', async () => {
    const waited = await untilReady(fakePlatformApi({ statuses: [provisioning] }));
    expect(waited).toEqual({ end: 'timed out', status: provisioning });
    expect(clock.now()).toBe(35 * 60_000);
  });

  it.each(['unavailable', 'throttled'] as const)(
    'goes on when the API is %s for a while',
    async (failure) => {
      const api = fakePlatformApi({ statuses: [provisioning, ready] });
      api.fail('clusterStatus', apiFailure(failure), 2);
      expect(await untilReady(api)).toEqual({ end: 'ready', status: ready });
      expect(said[0]).toBe('the Platform API cannot tell, asking again: it said so');
    },
  );

  it('ends in time when the API never answers', async () => {
    const api = fakePlatformApi();
    api.fail('clusterStatus', apiFailure('unavailable'), 1_000);
    expect(await untilReady(api)).toEqual({ end: 'timed out', status: undefined });
  });

  it('ends at once when the API refuses to tell', async () => {
    const api = fakePlatformApi();
    api.fail('clusterStatus', apiFailure('denied'));
    await expect(untilReady(api)).rejects.toMatchObject({ failure: 'denied' });
    expect(clock.slept).toEqual([]);
  });
});

describe('waiting for a cluster to be gone', () => {
  const deleting = clusterStatus('Deleting');

  it('looks less and less often until it is', async () => {
    const waited = await untilGone(fakePlatformApi({ statuses: [deleting, deleting, undefined] }));
    expect(waited).toEqual({ end: 'gone', status: deleting });
    expect(clock.slept).toEqual([2_000, 4_000]);
  });

  it('ends after 10 minutes', async () => {
    expect(await untilGone(fakePlatformApi({ statuses: [deleting] }))).toMatchObject({ end: 'timed out' });
    expect(clock.now()).toBe(10 * 60_000);
  });
});
