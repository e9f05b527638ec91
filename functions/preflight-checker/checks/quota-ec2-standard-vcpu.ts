import { quotaCheck } from '../quotas/quota-check.ts';
import { standardClass } from '../quotas/vcpu-classes.ts';
import { asksFor, onDemandVcpus, vcpuNeed } from '../quotas/vcpu-usage.ts';

/**
 * Red Hat's minimum for hosted control planes. That of ROSA Classic, which runs more than nodes in the account, is
 * 100; AWS's own page gives that one for both, and `rosa verify quota` enforces it:
 * https://docs.aws.amazon.com/rosa/latest/userguide/service-quotas-rosa.html
 */
const documented = 32;

/** The quota less what runs or is reserved holds what the cluster needs, at its full size and with a node to spare. */
export const quotaEc2StandardVcpu = quotaCheck({
  name: 'quota_ec2_standard_vcpu',
  quota: { service: 'ec2', code: standardClass.quotaCode },
  unit: 'vCPUs',
  actions: [
    'ec2:DescribeCapacityReservations',
    'ec2:DescribeInstanceTypes',
    'ec2:DescribeInstances',
    'servicequotas:GetServiceQuota',
  ],
  applies: (facts) => !facts.cluster.spot && asksFor(facts, standardClass),
  used: (facts) => onDemandVcpus(facts, standardClass),
  need: (facts) => vcpuNeed(facts, standardClass),
  grows: true,
  documented,
});
