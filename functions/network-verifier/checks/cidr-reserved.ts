import { type Finding, failed, warning } from '../../../shared/checks/check.ts';
import { containsAddress, overlaps, parseAddress, parseCidr } from '../../../shared/network/cidr.ts';
import { clusterRanges, type NamedRange, vpcRanges } from '../cluster-needs.ts';
import { conclude } from '../cluster-subnets.ts';
import type { NetworkCheck } from '../network-facts.ts';
import { reads } from '../read-actions.ts';

interface Reserved extends NamedRange {
  /** Whether every cluster uses it, and not only one with user-defined networks. */
  always: boolean;
}

/**
 * What OVN-Kubernetes uses inside each node.
 * https://docs.openshift.com/container-platform/4.17/networking/ovn_kubernetes_network_provider/configure-ovn-kubernetes-subnets.html
 */
const reserved: Reserved[] = [
  { what: 'join network', cidr: '100.64.0.0/16', always: true },
  { what: 'transit network', cidr: '100.88.0.0/16', always: true },
  { what: 'masquerade network', cidr: '169.254.0.0/17', always: true },
  { what: 'instance metadata address', cidr: '169.254.169.254/32', always: true },
  { what: 'join network of user-defined networks', cidr: '100.65.0.0/16', always: false },
];

function clash(range: NamedRange, { what, cidr, always }: Reserved): Finding[] {
  if (!overlaps(parseCidr(range.cidr), parseCidr(cidr))) return [];
  const details = { ranges: [range.cidr, cidr] };
  const found = `The ${range.what} ${range.cidr} shares addresses with ${cidr}, the ${what} inside each node`;
  return always
    ? [failed(`${found}, so nodes cannot reach what lies there. Choose another range`, { details })]
    : [warning(`${found}. Choose another range, or never make such networks`, { details })];
}

export const cidrReservedOvn: NetworkCheck = {
  name: 'cidr_reserved_ovn',
  what: 'no range of the cluster or the VPC has addresses that nodes use internally',
  actions: [reads.vpc],
  rule: `Fails for an overlap with ${reserved
    .filter(({ always }) => always)
    .map(({ cidr }) => cidr)
    .join(', ')}. Warns about 100.65.0.0/16, which user-defined networks use.`,
  remedy: "Choose other ranges; for a VPC's range, a VPC with other addresses",
  run: async ({ requirements, vpc }) => {
    const ranges = [...clusterRanges(requirements), ...vpcRanges(await vpc())];
    const findings = ranges.flatMap((range) => reserved.flatMap((one) => clash(range, one)));
    return conclude(findings, 'No range of the cluster or the VPC has addresses that nodes use internally');
  },
};

/** The address under which HyperShift gives nodes the API server: https://github.com/openshift/hypershift/blob/main/support/config/constants.go */
const apiServer = '172.20.0.1';

export const cidrReservedKas: NetworkCheck = {
  name: 'cidr_reserved_kas',
  what: `no range of the cluster has ${apiServer}, the address of the API server inside each node`,
  actions: [],
  rule: `Fails for each of the machine, service and pod CIDRs that has it.`,
  remedy: 'Choose another range',
  run: async ({ requirements }) => {
    const taken = clusterRanges(requirements).filter(({ cidr }) =>
      containsAddress(parseCidr(cidr), parseAddress(apiServer)),
    );
    const findings = taken.map(({ what, cidr }) =>
      failed(
        `The ${what} ${cidr} has ${apiServer}, the address of the API server inside each node. Choose another range`,
        {
          details: { ranges: [cidr] },
        },
      ),
    );
    return conclude(findings, `No range of the cluster has ${apiServer}`);
  },
};
