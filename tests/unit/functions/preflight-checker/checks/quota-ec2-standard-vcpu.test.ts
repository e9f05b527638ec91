import { describe, expect, it } from '@jest/globals';
import { quotaEc2StandardVcpu } from '../../../../../functions/preflight-checker/checks/quota-ec2-standard-vcpu.ts';
import type { ClusterConfig } from '../../../../../schemas/generated/preflight-checker-request.js';
import { fakeAccount, instance, preflight, quota, vcpuQuota } from '../../../../support/fakes/account.ts';
import { awsError } from '../../../../support/fakes/aws-errors.ts';

/**
 * The one finding for a cluster with that quota while one m5.xlarge (4 vCPUs) runs.
 */
async function finding(value: number | undefined, cluster: Partial<ClusterConfig> = {}, rest = {}) {
  const quotas = { [vcpuQuota]: quota(value, rest) };
  const account = fakeAccount({ quotas, instances: [instance('m5.xlarge')] });
  const results = await preflight(quotaEc2StandardVcpu, account, cluster);
  expect(results).toHaveLength(1);
  return results[0];
}

describe('quota_ec2_standard_vcpu', () => {
  describe('given two nodes of 4 vCPUs, one more for upgrades, and 4 vCPUs in use', () => {
    it('warns when just enough is free, which is less than Red Hat documents, and says both numbers', async () => {
      const result = await finding(16);
      expect(result).toMatchObject({
        status: 'warning',
        details: { quota_code: 'L-1216C47A', quota: 16, used: 4, needed: 12, documented_minimum: 32 },
      });
      expect(result?.message).toContain('12 vCPUs are needed');
      expect(result?.message).toContain('minimum quota of 32 vCPUs');
      expect(result?.message).toContain('--desired-value 32');
    });

    it('passes when the quota is the documented minimum', async () => {
      expect(await finding(32)).toMatchObject({
        status: 'passed',
        details: { quota: 32, used: 4, needed: 12, needed_at_most: 12 },
      });
    });

    it('fails when one is missing, and gives the command that asks for enough', async () => {
      const result = await finding(15);
      expect(result?.status).toBe('failed');
      expect(result?.message).toContain('12 vCPUs are needed (3 nodes of 4');
      expect(result?.message).toContain('11 are free (quota 15, in use 4)');
      expect(result?.message).toContain(
        '--service-code ec2 --quota-code L-1216C47A --desired-value 16 --region us-east-1',
      );
    });

    it('fails a quota of 0, which is a value', async () => {
      expect(await finding(0)).toMatchObject({ status: 'failed', details: { quota: 0 } });
    });
  });

  describe('given autoscaling up to five nodes', () => {
    const cluster = { max_node_count: 5 };

    it.each([
      ['passed', 32, '24 vCPUs are needed'],
      ['warning', 31, 'Red Hat documents'],
      ['warning', 28, 'Red Hat documents'],
      ['warning', 27, 'At its largest, 24 vCPUs are needed'],
      ['warning', 16, 'At its largest, 24 vCPUs are needed'],
      ['failed', 15, '12 vCPUs are needed'],
    ])('is %s with a quota of %i', async (status, value, message) => {
      expect(await finding(value, cluster)).toMatchObject({
        status,
        message: expect.stringContaining(message),
        details: { needed: 12, needed_at_most: 24 },
      });
    });

    it('asks for enough for the largest size', async () => {
      expect((await finding(15, cluster))?.message).toContain('--desired-value 28');
    });

    it('takes a maximum below the count for the count', async () => {
      const result = await finding(100, { max_node_count: 1 });
      expect(result).toMatchObject({ status: 'passed', details: { needed: 12, needed_at_most: 12 } });
    });
  });

  describe('given several instance types', () => {
    const instanceTypes = [
      { name: 'm5.xlarge', vcpus: 4 },
      { name: 'r5.2xlarge', vcpus: 8 },
      { name: 'g4dn.12xlarge', vcpus: 48 },
    ];
    const needed = async (...types: string[]) => {
      const [result] = await preflight(quotaEc2StandardVcpu, fakeAccount({ instanceTypes }), {
        instance_types: types,
      });
      return result;
    };

    it('reckons with the largest', async () => {
      expect((await needed('m5.xlarge', 'r5.2xlarge'))?.details).toMatchObject({ needed: 24 });
    });

    it('leaves out a larger one that has a quota of its own', async () => {
      expect((await needed('g4dn.12xlarge', 'm5.xlarge'))?.details).toMatchObject({ needed: 12 });
    });

    it('says nothing when none counts towards this quota', async () => {
      expect(await needed('g4dn.12xlarge')).toBeUndefined();
    });

    it('says nothing when the nodes are to be spot instances', async () => {
      const account = fakeAccount({ instanceTypes });
      expect(await preflight(quotaEc2StandardVcpu, account, { spot: true })).toEqual([]);
      expect(account.calls).toEqual([]);
    });

    it('warns when EC2 does not know one of them, and names it', async () => {
      const result = await needed('m5.xlarge', 'm9.mega');
      expect(result).toMatchObject({ status: 'warning', details: { reason_code: 'depends_on_other_check' } });
      expect(result?.message).toContain('m9.mega');
    });
  });

  describe('given a quota AWS does not tell', () => {
    it('warns, and takes nothing for 0, with the reason AWS gives', async () => {
      const result = await finding(undefined, {}, { errorReason: 'DEPENDENCY_ACCESS_DENIED_ERROR' });
      expect(result).toMatchObject({ status: 'warning', details: { reason_code: 'value_absent' } });
      expect(result?.message).toContain('L-1216C47A: DEPENDENCY_ACCESS_DENIED_ERROR');
      expect(result?.details).not.toHaveProperty('quota');
    });

    it('warns when the service does not know the code', async () => {
      const account = fakeAccount({ quotas: { [vcpuQuota]: undefined } });
      expect(await preflight(quotaEc2StandardVcpu, account)).toMatchObject([
        { status: 'warning', details: { reason_code: 'value_absent' } },
      ]);
    });

    it('warns, naming the action, when the role may not read it', async () => {
      const account = fakeAccount();
      account.fail('quota', awsError('servicequotas:GetServiceQuota', 'AccessDeniedException'));
      expect(await preflight(quotaEc2StandardVcpu, account)).toMatchObject([
        { status: 'warning', details: { missing_action: 'servicequotas:GetServiceQuota' } },
      ]);
    });
  });

  it.each([true, false])('says whether the quota is only the default: %s', async (isDefault) => {
    const result = await finding(100, {}, { isDefault });
    expect(result).toMatchObject({ status: 'passed', details: { assumed_default: isDefault } });
  });
});
