import { passed } from '../../../shared/checks/check.ts';
import type { PreflightCheck } from '../preflight-facts.ts';
import { fixed, judgeQuota } from '../quotas/judge-quota.ts';
import { knownQuota, readsDefault } from '../quotas/known-quota.ts';

const quota = { service: 'ebs', code: 'L-309BACF6' };

/** The minimum that Red Hat documents. */
const documented = 10_000;

/** Snapshots are counted only when there may be too few: an account can have very many, and a cluster needs none. */
export const quotaEbsSnapshots: PreflightCheck = {
  name: 'quota_ebs_snapshots',
  what: 'there is room for snapshots of volumes',
  actions: ['servicequotas:ListServiceQuotas', readsDefault, 'ec2:DescribeSnapshots'],
  rule: `Warns when the quota is below the ${documented} that Red Hat documents as the minimum. Snapshots are counted only then; without ec2:DescribeSnapshots it cannot be determined then.`,
  remedy: `Ask AWS for more: \`aws service-quotas request-service-quota-increase --service-code ebs --quota-code ${quota.code} --desired-value ${documented}\``,
  run: async (facts) => {
    const known = await knownQuota(facts, quota);
    if (known.value < documented) {
      const used = await facts.account.snapshotCount();
      return [judgeQuota({ quota: known, used, need: fixed(0), unit: 'snapshots', documented })];
    }
    const details = { quota_code: quota.code, quota: known.value, documented_minimum: documented };
    return [passed(`The quota of ${known.value} snapshots is at least the documented minimum`, { details })];
  },
};
