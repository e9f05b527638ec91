import { describe, expect, it } from '@jest/globals';
import type { AccountReader } from '../../../../functions/preflight-checker/account-reader.ts';
import { checkPreflight, measure } from '../../../../functions/preflight-checker/check-preflight.ts';
import { validate } from '../../../../schemas/generated/preflight-checker-result.js';
import { fakeAccount } from '../../../support/fakes/account.ts';
import { awsError } from '../../../support/fakes/aws-errors.ts';

/** Those that have something to say of the smallest request. */
const everyCheck = [
  'region_enabled',
  'region_matches_lambda',
  'sts_token_version',
  'us_east_1_reachable',
  'instance_type_exists',
  'instance_type_offered',
  'node_count',
  'quota_ec2_standard_vcpu',
  'quota_ebs_gp3_tib',
  'quota_ebs_gp2_tib',
  'quota_ebs_io1_tib',
  'quota_ebs_io1_iops',
  'quota_ebs_snapshots',
  'quota_eip',
  'quota_vpcs',
  'quota_igws',
  'quota_enis',
  'quota_sg_per_region',
  'quota_rules_per_sg',
  'quota_nat_per_az',
  'quota_nlb',
  'quota_clb',
  'quota_alb',
  'quota_oidc_providers',
  'quota_iam_roles',
  'quota_iam_instance_profiles',
  'elb_service_linked_role',
  'ebs_default_encryption',
];

async function checked(account: AccountReader, more = {}) {
  const places: { region: string; partition: string; from: string }[] = [];
  const accountIn = (region: string, functionIsIn: { partition: string; region: string }) => {
    places.push({ region, partition: functionIsIn.partition, from: functionIsIn.region });
    return account;
  };
  const invocation = {
    partition: 'aws',
    account: '123456789012',
    region: 'us-east-1',
    remainingMs: () => 60_000,
  };
  const cluster_config = { instance_types: ['m5.xlarge'], node_count: 2 };
  const request = { region: 'us-east-1', cluster_config, ...more };
  return { places, result: await checkPreflight({ accountIn, invocation }, request) };
}

describe('checking an account', () => {
  it('passes every check of the catalogue, in its order, when all is well', async () => {
    const { result } = await checked(fakeAccount());
    expect(result.validation_results.map(({ check_name }) => check_name)).toEqual(everyCheck);
    expect(result.summary).toEqual({ status: 'passed', passed: everyCheck.length, failed: 0, warning: 0 });
  });

  it('reads the account for the region of the cluster, from where the function is', async () => {
    expect((await checked(fakeAccount())).places).toEqual([
      { region: 'us-east-1', partition: 'aws', from: 'us-east-1' },
    ]);
  });

  it('reports every shortfall of a new account at once', async () => {
    const account = fakeAccount({
      regions: {},
      offers: {},
      oidcProviders: 100,
      roles: [],
      instanceTypes: [],
    });
    const { result } = await checked(account);
    const bad = result.validation_results.filter(({ status }) => status !== 'passed');
    expect(bad.map(({ check_name, status }) => [check_name, status])).toEqual([
      ['region_enabled', 'failed'],
      ['instance_type_exists', 'failed'],
      ['instance_type_offered', 'failed'],
      ['quota_ec2_standard_vcpu', 'warning'],
      ['quota_oidc_providers', 'failed'],
      ['elb_service_linked_role', 'failed'],
    ]);
    expect(result.summary).toMatchObject({ status: 'failed', failed: 5, warning: 1 });
  });

  it('keeps what it could find out when Service Quotas limits the rate of calls', async () => {
    const account = fakeAccount();
    account.fail('quota', awsError('servicequotas:GetServiceQuota', 'TooManyRequestsException'), 2);
    const { result } = await checked(account);
    const throttled = result.validation_results.filter(({ details }) => details.reason_code === 'throttled');
    expect(throttled.map(({ check_name }) => check_name)).toEqual([
      'us_east_1_reachable',
      'quota_ec2_standard_vcpu',
      'quota_oidc_providers',
    ]);
    expect(result.summary).toMatchObject({ failed: 0, warning: 3 });
  });

  it.each([
    [undefined, false],
    [true, true],
  ])('repeats dry_run %s as %s', async (asked, told) => {
    expect((await checked(fakeAccount(), { dry_run: asked })).result.dry_run).toBe(told);
  });

  it('answers as its schema says, good news or bad', async () => {
    for (const account of [fakeAccount(), fakeAccount({ regions: {}, offers: {}, instanceTypes: [] })]) {
      validate((await checked(account)).result);
      expect(validate.errors ?? []).toEqual([]);
    }
  });

  it('measures failures', async () => {
    const { result } = await checked(fakeAccount({ roles: [], oidcProviders: 100 }));
    expect(measure(result)).toEqual({ preflight_checks_failed: 2 });
  });
});
