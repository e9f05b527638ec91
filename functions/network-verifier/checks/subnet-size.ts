import { type Finding, failed, passed, warning } from '../../../shared/checks/check.ts';
import { parseCidr } from '../../../shared/network/cidr.ts';
import { isPublicCluster, nodeCounts } from '../cluster-needs.ts';
import { type ClassifiedSubnet, conclude } from '../cluster-subnets.ts';
import { endpointsFor, isInterface, neededServices } from '../endpoints.ts';
import type { NetworkCheck, NetworkFacts } from '../network-facts.ts';
import { reads, readsClassification } from '../read-actions.ts';
import { unroutedWarnings } from '../unrouted.ts';

/**
 * What load balancers ask of a subnet, which they may grow into: Red Hat has each subnet keep as many for them.
 * https://docs.redhat.com/en/documentation/red_hat_openshift_service_on_aws/4/html/networking_overview/cidr-range-definitions
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

function privateNeed(nodes: { initial: number; most: number }, subnets: number, endpoints: number): Need {
  const of = (count: number) => Math.ceil(count / subnets) + surge + controlPlane + endpoints;
  return { least: of(nodes.initial), most: of(nodes.most) + loadBalancer };
}

/** Interface endpoints that a zero-egress cluster needs and the VPC lacks: each takes an address in each subnet. */
async function endpointsToMake(facts: NetworkFacts): Promise<number> {
  if (!facts.requirements.zero_egress) return 0;
  const found = await Promise.all(neededServices.map((service) => endpointsFor(facts, service)));
  return found.filter((endpoints) => !endpoints.some(isInterface)).length;
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
  actions: [...readsClassification, reads.endpoints],
  rule: "Fails below the need at creation: a private subnet's share of node_count, one for replacing nodes, one for the endpoint to the control plane and, without egress, one for each endpoint yet to be made; a public subnet of a public cluster, 8 for load balancers. Warns below the need of max_node_count and 8 for load balancers.",
  remedy: 'Free addresses, or choose larger subnets',
  run: async (facts) => {
    const { requirements } = facts;
    const [subnets, endpoints] = await Promise.all([facts.classified(), endpointsToMake(facts)]);
    const nodes = nodeCounts(requirements);
    const need: Record<string, Need> = {
      private: privateNeed(nodes, subnets.private.length, endpoints),
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
