import type { PreflightCheck } from '../preflight-facts.ts';
import { readsDefault } from '../quotas/known-quota.ts';
import { quotaCheck } from '../quotas/quota-check.ts';
import { specialClasses, type VcpuClass } from '../quotas/vcpu-classes.ts';
import { asksFor, onDemandVcpus, vcpuNeed } from '../quotas/vcpu-usage.ts';

const name = 'quota_ec2_special_vcpu';

const actions = [
  'ec2:DescribeCapacityReservations',
  'ec2:DescribeInstanceTypes',
  'ec2:DescribeInstances',
  'servicequotas:GetServiceQuota',
];

const checkOf = (group: VcpuClass): PreflightCheck =>
  quotaCheck({
    name,
    quota: { service: 'ec2', code: group.quotaCode },
    unit: `vCPUs of ${group.title} instances`,
    actions,
    applies: (facts) => !facts.cluster.spot && asksFor(facts, group),
    used: (facts) => onDemandVcpus(facts, group),
    need: (facts) => vcpuNeed(facts, group),
  });

const checks = specialClasses.map(checkOf);

/** Instance types beyond the standard ones have quotas by class, most of which are 0 in a new account. */
export const quotaEc2SpecialVcpu: PreflightCheck = {
  name,
  what: 'there is room for the vCPUs of instance types that are not standard, such as those with GPUs',
  actions: [...actions, readsDefault],
  rule: 'For each class of the instance types asked for: fails when the quota less what runs or is reserved does not hold the nodes at creation and one for upgrades. Warns when it does not hold the cluster at its largest.',
  remedy: `Ask AWS for more of the quota of the class: ${specialClasses.map(({ title, quotaCode }) => `${title} \`${quotaCode}\``).join(', ')}`,
  run: async (facts) => (await Promise.all(checks.map((check) => check.run(facts)))).flat(),
};
