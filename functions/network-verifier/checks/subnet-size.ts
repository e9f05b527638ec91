import { type Finding, failed, passed, warning } from '../../../shared/checks/check.ts';
import { parseCidr } from '../../../shared/network/cidr.ts';
import { isPublicCluster, nodeCounts } from '../cluster-needs.ts';
import { type ClassifiedSubnet, conclude } from '../cluster-subnets.ts';
import type { NetworkCheck } from '../network-facts.ts';
import { readsClassification } from '../read-actions.ts';
import { unroutedWarnings } from '../unrouted.ts';

/**
 * What a load balancer asks of a subnet, which it may grow into:
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html
 */
const loadBalancer = 8;
/** One node more while nodes are replaced, and the network interface of the endpoint to the control plane. */
const surge = 1;
const controlPlane = 1;

interface Need {
  /** Addresses without which the cluster cannot be made. */
  least: number;
  /** Addresses it may come to use. */
  most: number;
}

function privateNeed(nodes: { initial: number; most: number }, subnets: number): Need {
  const of = (count: number) => Math.ceil(count / subnets) + surge + controlPlane;
  return { least: of(nodes.initial), most: of(nodes.most) + loadBalancer };
}

function judge({ subnetId: resourceId, subnet, kind }: ClassifiedSubnet, { least, most }: Need): Finding {
  const { AvailableIpAddressCount: free } = subnet;
  const details = { free_addresses: free, needed: least, needed_at_most: most };
  const rest = { resourceId, details };
  if (free === undefined) {
    const message = `${resourceId}: not checked, since AWS tells no number of free addresses. Run it again`;
    return warning(message, { resourceId, details: { ...details, reason_code: 'value_absent' } });
  }
  const found = `${resourceId} (${kind}, ${subnet.CidrBlock}) has ${free} free addresses`;
  const remedy = 'Free addresses, or choose a larger subnet';
  if (free < least) return failed(`${found} and the cluster needs ${least} at creation. ${remedy}`, rest);
  if (free < most) {
    return warning(
      `${found}: enough for the ${least} needed at creation, not for the ${most} of all nodes and load balancers. ${remedy}`,
      rest,
    );
  }
  return passed(`${found}, and ${most} may be needed`, rest);
}

/** The subnets have addresses for the nodes and load balancers. */
export const subnetFreeIps: NetworkCheck = {
  name: 'subnet_free_ips',
  what: "the subnets have free addresses for the cluster's nodes, endpoint and load balancers",
  actions: readsClassification,
  rule: "Fails below the need at creation: a private subnet's share of node_count, one for replacing nodes and one for the endpoint; a public subnet of a public cluster, 8 for load balancers. Warns below the need of max_node_count and 8 for load balancers.",
  remedy: 'Free addresses, or choose larger subnets',
  run: async ({ requirements, classified }) => {
    const subnets = await classified();
    const nodes = nodeCounts(requirements);
    const need: Record<string, Need> = {
      private: privateNeed(nodes, subnets.private.length),
      public: { least: isPublicCluster(requirements) ? loadBalancer : 0, most: loadBalancer },
    };
    const findings = subnets.all.flatMap((subnet) => {
      const ofKind = need[subnet.kind];
      return ofKind ? judge(subnet, ofKind) : [];
    });
    return [...findings, ...unroutedWarnings(subnets.unrouted)];
  },
};

/** A /27 has 32 addresses, 5 of which AWS keeps: https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html */
const longestPrefix = 27;

/** No private subnet is so small that it is soon full. */
export const subnetMinSize: NetworkCheck = {
  name: 'subnet_min_size',
  what: `every private subnet is a /${longestPrefix} or larger`,
  actions: readsClassification,
  rule: `Warns about each private subnet smaller than /${longestPrefix}: a subnet cannot grow later.`,
  remedy: 'Choose a larger subnet; a cluster cannot be moved to another later',
  run: async ({ classified }) => {
    const subnets = await classified();
    const small = subnets.private.filter(
      ({ subnet }) => subnet.CidrBlock !== undefined && parseCidr(subnet.CidrBlock).prefix > longestPrefix,
    );
    const findings = small.map(({ subnetId: resourceId, subnet }) =>
      warning(
        `${resourceId} is ${subnet.CidrBlock}, smaller than the recommended /${longestPrefix}, and cannot grow. Choose a larger subnet`,
        { resourceId, details: { cidr_block: subnet.CidrBlock } },
      ),
    );
    return conclude(findings, `Every private subnet is a /${longestPrefix} or larger`, subnets.unrouted);
  },
};
