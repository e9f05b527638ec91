import { quotaCheck } from '../quotas/quota-check.ts';
import { standardClass } from '../quotas/vcpu-classes.ts';
import { asksFor, isOnDemand, vcpuNeed, vcpusInUse } from '../quotas/vcpu-usage.ts';

/** The quota less what runs now holds what the cluster needs, at its full size and with a node to spare. */
export const quotaEc2StandardVcpu = quotaCheck({
  name: 'quota_ec2_standard_vcpu',
  quota: { service: 'ec2', code: standardClass.quotaCode },
  unit: 'vCPUs',
  actions: ['ec2:DescribeInstanceTypes', 'ec2:DescribeInstances', 'servicequotas:GetServiceQuota'],
  applies: (facts) => !facts.cluster.spot && asksFor(facts, standardClass),
  used: (facts) => vcpusInUse(facts, standardClass, isOnDemand),
  need: (facts) => vcpuNeed(facts, standardClass),
  grows: true,
  documented: 100,
});
