import { passed, warning } from '../../../shared/checks/check.ts';
import type { PreflightCheck } from '../preflight-facts.ts';
import { countByZone } from '../quotas/by-zone.ts';
import { knownQuota, readsDefault } from '../quotas/known-quota.ts';

const quota = { service: 'vpc', code: 'L-FE5A380F' };

/** A cluster is given its NAT gateways, so that a full zone matters only to who has yet to make them. */
export const quotaNatPerAz: PreflightCheck = {
  name: 'quota_nat_per_az',
  what: 'there is room for one more NAT gateway in each zone',
  actions: [
    'ec2:DescribeNatGateways',
    'ec2:DescribeSubnets',
    'servicequotas:ListServiceQuotas',
    readsDefault,
  ],
  rule: 'Warns when as many NAT gateways as the quota allows are in one of the zones of the nodes, or of the region when no zones are given. Never fails.',
  remedy: `Ask AWS for more, or remove NAT gateways: \`aws service-quotas request-service-quota-increase --service-code vpc --quota-code ${quota.code} --desired-value <number>\``,
  run: async (facts) => {
    const [known, zones] = await Promise.all([knownQuota(facts, quota), facts.account.natGatewayZones()]);
    const used = countByZone(zones, 'a NAT gateway');
    const looked = facts.cluster.availability_zones ?? Object.keys(used);
    const full = looked.filter((zone) => (used[zone] ?? 0) >= known.value);
    const details = { quota_code: quota.code, quota: known.value, assumed_default: known.isDefault, used };
    if (full.length === 0)
      return [passed(`Every zone has fewer NAT gateways than the ${known.value} allowed`, { details })];
    return [
      warning(
        `No further NAT gateway can be made in ${full.join(', ')}: the quota is ${known.value} for each zone. If the cluster's VPC has yet to get its own, ask AWS for more with: ${known.increaseTo(known.value + 1)}`,
        { details },
      ),
    ];
  },
};
