import type { PreflightCheck } from '../preflight-facts.ts';
import { readsDefault } from '../quotas/known-quota.ts';
import { quotaCheck } from '../quotas/quota-check.ts';
import { specialClasses, standardClass, type VcpuClass } from '../quotas/vcpu-classes.ts';
import { asksFor, spotVcpus, vcpuNeed } from '../quotas/vcpu-usage.ts';

const name = 'quota_ec2_spot_vcpu';

const actions = ['ec2:DescribeInstanceTypes', 'ec2:DescribeInstances', 'servicequotas:GetServiceQuota'];

const spotClasses = [standardClass, ...specialClasses].flatMap((group) =>
  group.spotQuotaCode ? [{ group, code: group.spotQuotaCode }] : [],
);

const checkOf = ({ group, code }: { group: VcpuClass; code: string }): PreflightCheck =>
  quotaCheck({
    name,
    quota: { service: 'ec2', code },
    unit: group === standardClass ? 'spot vCPUs' : `spot vCPUs of ${group.title} instances`,
    actions,
    applies: (facts) => facts.cluster.spot === true && asksFor(facts, group),
    used: (facts) => spotVcpus(facts, group),
    need: (facts) => vcpuNeed(facts, group),
    grows: true,
  });

const checks = spotClasses.map(checkOf);

/** Spot instances have quotas of their own, one for each class, when the nodes are to be such. */
export const quotaEc2SpotVcpu: PreflightCheck = {
  name,
  what: 'there is room for the vCPUs of the nodes when they are to be spot instances',
  actions: [...actions, readsDefault],
  rule: 'For each class of the instance types asked for: fails when the spot quota less what runs does not hold the nodes at creation and one for upgrades. Warns when it does not hold the cluster at its largest. Open spot requests, which AWS counts as well, are not seen.',
  remedy: `Ask AWS for more of the spot quota of the class: ${spotClasses.map(({ group, code }) => `${group.title} \`${code}\``).join(', ')}`,
  run: async (facts) => (await Promise.all(checks.map((check) => check.run(facts)))).flat(),
};
