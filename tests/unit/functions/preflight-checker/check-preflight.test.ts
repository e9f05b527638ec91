import { describe, expect, it } from '@jest/globals';
import type { AccountReader } from '../../../../functions/preflight-checker/account-reader.ts';
import { checkPreflight, measure } from '../../../../functions/preflight-checker/check-preflight.ts';
import { validate } from '../../../../schemas/generated/preflight-checker-result.js';
import { fakeAccount } from '../../../support/fakes/account.ts';
import { awsError } from '../../../support/fakes/aws-errors.ts';

const everyCheck = [
  'region_enabled',
  'instance_type_offered',
  'quota_ec2_standard_vcpu',
  'quota_oidc_providers',
  'elb_service_linked_role',
];

async function checked(account: AccountReader, more = {}) {
  const places: { region: string; partition: string; from: string }[] = [];
  const accountIn = (region: string, functionIsIn: { partition: string; region: string }) => {
    places.push({ region, partition: functionIsIn.partition, from: functionIsIn.region });
    return account;
  };
  const invocation = {
    partition: 'aws-us-gov',
    account: '1',
    region: 'us-gov-east-1',
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
    expect(result.summary).toEqual({ status: 'passed', passed: 5, failed: 0, warning: 0 });
  });

  it('reads the account for the region of the cluster, from where the function is', async () => {
    expect((await checked(fakeAccount())).places).toEqual([
      { region: 'us-east-1', partition: 'aws-us-gov', from: 'us-gov-east-1' },
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
    expect(result.validation_results.map(({ status }) => status)).toEqual([
      'failed',
      'failed',
      'warning',
      'failed',
      'failed',
    ]);
    expect(result.summary).toEqual({ status: 'failed', passed: 0, failed: 4, warning: 1 });
  });

  it('keeps what it could find out when Service Quotas limits the rate of calls', async () => {
    const account = fakeAccount();
    account.fail('quota', awsError('servicequotas:GetServiceQuota', 'TooManyRequestsException'), 2);
    const { result } = await checked(account);
    const reasons = result.validation_results.map(({ details }) => details.reason_code);
    expect(reasons).toEqual([undefined, undefined, 'throttled', 'throttled', undefined]);
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
