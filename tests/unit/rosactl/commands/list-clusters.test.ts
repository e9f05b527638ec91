import { describe, expect, it } from '@jest/globals';
import { listClusters } from '../../../../rosactl/commands/list-clusters.ts';
import type { Cluster } from '../../../../shared/platform-api/platform-api.ts';
import { fakeContext } from '../../../support/fakes/command-context.ts';
import { cluster, clusterStatus, fakePlatformApi } from '../../../support/fakes/platform-api.ts';

const list = (clusters: Cluster[]) =>
  listClusters.run(fakeContext({ platformApi: fakePlatformApi({ clusters }) }), {});

describe('list clusters', () => {
  it('shows each on a line, and - for what is not known', async () => {
    const young = cluster('payments', {
      version: undefined,
      region: undefined,
      ...clusterStatus('Provisioning'),
    });
    const { exitCode, lines, data } = await list([cluster('dev1'), young]);
    expect(exitCode).toBe(0);
    expect(lines).toEqual([
      'NAME      ID              PHASE         VERSION  REGION     CREATED',
      'dev1      id-of-dev1      Ready         4.22     us-east-1  2026-01-31 10:00:00',
      'payments  id-of-payments  Provisioning  -        -          2026-01-31 10:00:00',
    ]);
    expect(data).toMatchObject({ clusters: [{ name: 'dev1' }, { name: 'payments' }] });
  });

  it('says when there are none, and how to make one', async () => {
    const { exitCode, lines, data } = await list([]);
    expect(exitCode).toBe(0);
    expect(lines.join('\n')).toMatch(/no clusters[\s\S]*rosactl create cluster/);
    expect(data).toEqual({ clusters: [] });
  });

  it('wants the address of the Platform API', async () => {
    await expect(listClusters.run(fakeContext(), {})).rejects.toMatchObject({ name: 'UsageError' });
  });
});
