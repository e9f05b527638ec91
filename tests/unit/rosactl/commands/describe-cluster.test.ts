import { describe, expect, it } from '@jest/globals';
import { describeCluster } from '../../../../rosactl/commands/describe-cluster.ts';
import { fakeContext } from '../../../support/fakes/command-context.ts';
import { cluster, fakePlatformApi } from '../../../support/fakes/platform-api.ts';

const conditions = [
  { type: 'Synced', status: 'True' },
  { type: 'Available', status: 'False', reason: 'NoEtcd', lastTransitionTime: '2026-01-31T11:00:00Z' },
];
const known = [
  cluster('dev1', { phase: 'Provisioning', conditions, oidcIssuerUrl: 'https://oidc.example.com/dev1' }),
  cluster('payments'),
];

const show = (nameOrId: string) => {
  const platformApi = fakePlatformApi({ clusters: known });
  return describeCluster.run(fakeContext({ platformApi }), { 'name-or-id': nameOrId });
};

describe('describe cluster', () => {
  it.each(['dev1', 'id-of-dev1'])('shows all of %s, and the worst condition first', async (nameOrId) => {
    const { exitCode, lines, data } = await show(nameOrId);
    expect(exitCode).toBe(0);
    expect(lines).toEqual([
      'Name         dev1',
      'Id           id-of-dev1',
      'Phase        Provisioning',
      'Version      4.22',
      'Region       us-east-1',
      'VPC          vpc-0a1b2c3d',
      'OIDC issuer  https://oidc.example.com/dev1',
      'Created      2026-01-31 10:00:00 by arn:aws:iam::123456789012:user/admin',
      '',
      'Conditions',
      '  ✖ Available is False (NoEtcd), since 2026-01-31 11:00:00',
      '  ✔ Synced is True',
    ]);
    expect(data).toEqual({ cluster: known[0] });
  });

  it('exits 1 when there is none, with the names that may have been meant', async () => {
    const { exitCode, lines, data } = await show('dve1');
    expect(exitCode).toBe(1);
    expect(lines.join('\n')).toMatch(/no cluster dve1; did you mean dev1\?[\s\S]*rosactl list clusters/);
    expect(data).toEqual({ cluster: null, near: ['dev1'] });
  });

  it('proposes nothing where nothing is near', async () => {
    const { lines, data } = await show('staging');
    expect(lines[0]).toBe('✖ There is no cluster staging.');
    expect(data).toEqual({ cluster: null, near: [] });
  });
});
