import type { LoadBalancerKind } from '../account-reader.ts';

/**
 * Elastic Load Balancing describes the interfaces it makes: `ELB net/<name>/<id>`, `ELB app/<name>/<id>`, and
 * `ELB <name>` for Classic Load Balancers. Counting these takes no permission beyond the one for interfaces.
 * https://repost.aws/knowledge-center/elb-find-load-balancer-IP
 */
const kinds: [RegExp, LoadBalancerKind][] = [
  [/^ELB net\//, 'network'],
  [/^ELB app\//, 'application'],
  [/^ELB [^/]+$/, 'classic'],
];

/** How many load balancers of each kind there are, each of which has an interface in each of its subnets. */
export function loadBalancersAmong(descriptions: string[]): Record<LoadBalancerKind, number> {
  const counts = { network: 0, application: 0, classic: 0 };
  for (const description of new Set(descriptions)) {
    const kind = kinds.find(([pattern]) => pattern.test(description))?.[1];
    if (kind) counts[kind] += 1;
  }
  return counts;
}
