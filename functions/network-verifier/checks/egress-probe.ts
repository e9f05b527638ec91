import { requiredEndpoints } from '../egress/endpoint-groups.ts';
import type { NetworkCheck, NetworkFacts } from '../network-facts.ts';
import { attachmentOf, limitsOf, notAttached } from '../probe/attachment.ts';
import { judgeHost, type ListedHost } from '../probe/judge-host.ts';

/**
 * The hosts that nodes must reach, of the platform's data alone: nothing of a request is ever connected to. Without
 * egress they must have private addresses, but for S3: a gateway endpoint leaves its name the public ones and routes
 * them. https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html
 */
function hostsOf({ region, requirements: { zero_egress = false } }: NetworkFacts): ListedHost[] {
  const { platform, version, groups } = requiredEndpoints(region, zero_egress);
  return groups.flatMap(({ name, endpoints }) =>
    endpoints.map(({ host, port, regionalService: service }) => ({
      host,
      port,
      service,
      mustBePrivate: zero_egress && service !== 's3',
      listed: { endpoint_group: name, platform, endpoints_version: version },
    })),
  );
}

/** Every endpoint answers from where the function is. */
export const egressProbe: NetworkCheck = {
  name: 'egress_probe',
  what: 'from the subnets the function is attached to, every endpoint a cluster needs resolves, takes a connection and completes a TLS handshake with a certificate that can be verified',
  actions: [],
  rule: 'Only with active_probe in the request. Fails for each host that does not; without egress also for one with an address that is not private, S3 aside. With a proxy these are warnings. Warns when the function is not attached to the VPC or not to all private subnets, and about hosts that the time did not suffice for.',
  remedy:
    'Attach the function with `rosactl setup-account --network-verifier-subnet-ids <subnets> --network-verifier-security-group-ids <group>`; let TCP port 443 out to the host, and its TLS pass unopened',
  run: async (facts) => {
    const { activeProbe: probe } = facts;
    if (!probe) return [];
    const { attachedSubnetIds } = probe;
    if (attachedSubnetIds.length === 0) return [notAttached(await attachmentOf(facts, probe))];
    const [attachment, hosts] = await Promise.all([attachmentOf(facts, probe), probe.hosts(hostsOf(facts))]);
    const limits = limitsOf(facts, probe, attachment);
    if (attachment.vpc === 'other') return limits;
    return [...limits, ...hosts.map((host) => judgeHost(facts, attachedSubnetIds, host))];
  },
};
