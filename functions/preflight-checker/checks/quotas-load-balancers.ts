import type { LoadBalancerKind } from '../account-reader.ts';
import { fixed } from '../quotas/judge-quota.ts';
import { quotaCheck } from '../quotas/quota-check.ts';

/** The default ingress is a Network Load Balancer; the others are those the request names. */
const rows: { name: string; code: string; kind: LoadBalancerKind; byDefault: number; documented?: number }[] =
  [
    { name: 'quota_nlb', code: 'L-69A177A2', kind: 'network', byDefault: 1 },
    { name: 'quota_clb', code: 'L-E9E9831D', kind: 'classic', byDefault: 0, documented: 20 },
    { name: 'quota_alb', code: 'L-53DA6B97', kind: 'application', byDefault: 0, documented: 50 },
  ];

const titles = {
  network: 'Network Load Balancer',
  classic: 'Classic Load Balancer',
  application: 'Application Load Balancer',
};

/**
 * Load balancers are counted by their network interfaces. Service Quotas asks Elastic Load Balancing for the values
 * with the permissions of the caller. https://github.com/hashicorp/terraform-provider-aws/issues/19719
 */
export const quotasLoadBalancers = rows.map(({ name, code, kind, byDefault, documented }) =>
  quotaCheck({
    name,
    quota: { service: 'elasticloadbalancing', code },
    unit: `${titles[kind]}s`,
    one: titles[kind],
    actions: [
      'ec2:DescribeNetworkInterfaces',
      'elasticloadbalancing:DescribeAccountLimits',
      'servicequotas:ListServiceQuotas',
    ],
    used: async ({ account }) => (await account.networkInterfaces()).loadBalancers[kind],
    need: ({ cluster }) => fixed(cluster.load_balancers?.[kind] ?? byDefault),
    documented,
  }),
);
