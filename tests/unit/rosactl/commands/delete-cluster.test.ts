import { describe, expect, it } from '@jest/globals';
import { deleteCluster } from '../../../../rosactl/commands/delete-cluster.ts';
import { Declined } from '../../../../shared/cli/declined.ts';
import { steppingClock } from '../../../support/fakes/clock.ts';
import { fakeContext } from '../../../support/fakes/command-context.ts';
import { cluster, clusterStatus, fakePlatformApi } from '../../../support/fakes/platform-api.ts';

type Api = ReturnType<typeof fakePlatformApi>;

const dev1 = cluster('dev1');
const deleting = clusterStatus('Deleting');

const remove = (platformApi: Api, flags: Record<string, string | true> = {}, confirm = async () => {}) => {
  const context = { ...fakeContext({ platformApi, confirm }), clock: steppingClock() };
  return deleteCluster.run(context, { 'name-or-id': 'dev1', ...flags });
};

const deletions = ({ calls }: Api) => calls.filter(({ name }) => name === 'deleteCluster');

describe('delete cluster', () => {
  it('asks by name and begins the deletion', async () => {
    const questions: string[] = [];
    const api = fakePlatformApi({ clusters: [dev1] });
    const context = fakeContext({ platformApi: api, confirm: async (text) => void questions.push(text) });
    const { exitCode, data } = await deleteCluster.run(context, { 'name-or-id': 'id-of-dev1' });
    expect(exitCode).toBe(0);
    expect(questions).toEqual(['Delete the cluster dev1 (id-of-dev1, us-east-1) and all that runs in it?']);
    expect(deletions(api)).toEqual([{ name: 'deleteCluster', args: ['id-of-dev1'] }]);
    expect(data).toMatchObject({ cluster: { name: 'dev1' }, deletion: 'deleting' });
  });

  it('does nothing when the answer is no', async () => {
    const api = fakePlatformApi({ clusters: [dev1] });
    const decline = async () => {
      throw new Declined('the answer was not yes');
    };
    await expect(remove(api, {}, decline)).rejects.toThrow(Declined);
    expect(deletions(api)).toEqual([]);
  });

  it('is fine when the cluster is gone already, and tells a slip of the finger', async () => {
    const api = fakePlatformApi({ clusters: [cluster('dev2')] });
    const { exitCode, lines, data } = await remove(api);
    expect(exitCode).toBe(0);
    expect(lines).toEqual(['! There is no cluster dev1, so nothing is deleted; did you mean dev2?']);
    expect(data).toMatchObject({ deletion: 'not there', near: ['dev2'] });
    expect(deletions(api)).toEqual([]);
  });

  it('goes on with a deletion that was begun, unasked', async () => {
    const api = fakePlatformApi({ clusters: [cluster('dev1', deleting)], statuses: [deleting, undefined] });
    const never = async () => {
      throw new Error('nobody is to be asked');
    };
    const { exitCode } = await remove(api, { wait: true }, never);
    expect(exitCode).toBe(0);
    expect(deletions(api)).toEqual([]);
  });
});

describe('delete cluster --wait', () => {
  it('ends when the cluster is gone', async () => {
    const api = fakePlatformApi({ clusters: [dev1], statuses: [deleting, undefined] });
    const { exitCode, lines, data } = await remove(api, { wait: true });
    expect(exitCode).toBe(0);
    expect(lines).toEqual(['✔ dev1 is gone.']);
    expect(data).toMatchObject({ deletion: 'gone' });
  });

  it('exits 1 when it takes too long, and says how to go on', async () => {
    const api = fakePlatformApi({ clusters: [dev1], statuses: [deleting] });
    const { exitCode, lines, data } = await remove(api, { wait: true });
    expect(exitCode).toBe(1);
    expect(lines.join('\n')).toMatch(/10 minutes[\s\S]*rosactl delete cluster dev1 --wait/);
    expect(data).toMatchObject({ cluster: { phase: 'Deleting' }, deletion: 'timed out' });
  });
});
