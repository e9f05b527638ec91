import { describe, expect, it } from '@jest/globals';
import { describeCluster } from '../../../../rosactl/commands/describe-cluster.ts';
import type { ClusterOperation } from '../../../../shared/platform-api/cluster-operation.ts';
import { fakeContext } from '../../../support/fakes/command-context.ts';
import { cluster, fakePlatformApi } from '../../../support/fakes/platform-api.ts';

const conditions = [
  { type: 'Synced', status: 'True' },
  { type: 'Available', status: 'False', reason: 'NoEtcd', lastTransitionTime: '2026-01-31T11:00:00Z' },
];
/** What the sequence has left on a cluster whose network is not as it should be. */
const operations: ClusterOperation[] = [
  {
    operation: 'preflight-checker',
    outcome: 'warning',
    via: 'oidc-sts',
    durationMs: 1_250,
    attempts: 3,
    requestId: 'request-1',
    fallback: { kind: 'denied', message: 'the platform is not let in.', errorType: 'AccessDeniedException' },
    findings: [{ check: 'quota_vpcs', status: 'warning', message: 'One VPC is left.' }],
  },
  {
    operation: 'network-verifier',
    outcome: 'failed',
    via: 'lambda',
    version: '3',
    release: '0.1.0',
    durationMs: 640,
    attempts: 1,
    requestId: 'request-2',
    findings: [
      { check: 'vpc_dns_support', status: 'failed', message: 'DNS is off.', resourceId: 'vpc-0a1b2c3d' },
      { check: 'subnet_size', status: 'warning', message: 'subnet-1 is small', resourceId: 'subnet-1' },
    ],
    findingsCut: 7,
  },
  {
    operation: 'oidc-provisioner',
    outcome: 'error',
    via: 'lambda',
    findings: [],
    error: { kind: 'timed-out', message: 'no answer in 60 s' },
  },
];

const known = [
  cluster('dev1', { phase: 'Provisioning', conditions, oidcIssuerUrl: 'https://oidc.example.com/dev1' }),
  cluster('payments'),
  cluster('broken', { phase: 'Failed', conditions: [], operations, accessMode: 'dual' }),
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

  it('shows each operation, how it ran, and what deserves a look', async () => {
    const { lines, data } = await show('broken');
    expect(lines).toContain('Access mode  dual');
    expect(lines.slice(lines.indexOf('Operations'))).toEqual([
      'Operations',
      '  ! preflight-checker warning, via oidc-sts (1.3 s, 3 tries, request request-1)',
      '      ! not by the functions: the platform is not let in. (denied, AccessDeniedException)',
      '      ! quota_vpcs: One VPC is left',
      '  ✖ network-verifier failed, via lambda (version 3, release 0.1.0, 640 ms, request request-2)',
      '      ✖ vpc_dns_support: DNS is off. (vpc-0a1b2c3d)',
      '      ! subnet_size: subnet-1 is small',
      '      7 more: rosactl logs --request-id request-2',
      '  ✖ oidc-provisioner error, via lambda',
      '      ✖ no answer in 60 s (timed-out)',
    ]);
    expect(data).toEqual({ cluster: known[2] });
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
