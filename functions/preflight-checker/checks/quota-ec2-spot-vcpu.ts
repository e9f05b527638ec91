import { quotaCheck } from '../quotas/quota-check.ts';
import { standardClass } from '../quotas/vcpu-classes.ts';
import { asksFor, isSpot, vcpuNeed, vcpusInUse } from '../quotas/vcpu-usage.ts';

/** The same for spot instances, which have a quota of their own, when the nodes are to be such. */
export const quotaEc2SpotVcpu = quotaCheck({
  name: 'quota_ec2_spot_vcpu',
  quota: { service: 'ec2', code: 'L-34B43A08' },
  unit: 'spot vCPUs',
  actions: ['ec2:DescribeInstanceTypes', 'ec2:DescribeInstances', 'servicequotas:GetServiceQuota'],
  applies: (facts) => facts.cluster.spot === true && asksFor(facts, standardClass),
  used: (facts) => vcpusInUse(facts, standardClass, isSpot),
  need: (facts) => vcpuNeed(facts, standardClass),
  grows: true,
});
