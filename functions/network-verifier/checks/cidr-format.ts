import { warning } from '../../../shared/checks/check.ts';
import { containsCidr, formatCidr, parseCidr } from '../../../shared/network/cidr.ts';
import { clusterRanges } from '../cluster-needs.ts';
import { conclude } from '../cluster-subnets.ts';
import type { NetworkCheck } from '../network-facts.ts';

/** Ranges nobody has on the internet: RFC 1918 and RFC 6598. */
const ownRanges = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'].map(parseCidr);

/** The ranges of the cluster are written and chosen as ranges should be. */
export const cidrFormat: NetworkCheck = {
  name: 'cidr_format',
  what: "the cluster's ranges begin at their network address and are private",
  actions: [],
  rule: 'Warns about a range with host bits set, which the platform may refuse, and about one with public addresses, which pods then cannot reach.',
  remedy: 'Write the network address, such as 10.0.0.0/16 for 10.0.1.0/16, and choose private ranges',
  run: async ({ requirements }) => {
    const findings = clusterRanges(requirements).flatMap(({ what, cidr }) => {
      const range = parseCidr(cidr);
      const details = { ranges: [cidr] };
      const aligned = formatCidr(range);
      const isOwn = ownRanges.some((own) => containsCidr(own, range));
      return [
        ...(aligned === cidr
          ? []
          : [
              warning(`The ${what} ${cidr} does not begin at its network address. Write ${aligned}`, {
                details,
              }),
            ]),
        ...(isOwn
          ? []
          : [
              warning(
                `The ${what} ${cidr} has public addresses, which the cluster then cannot reach on the internet. Choose a private range`,
                { details },
              ),
            ]),
      ];
    });
    return conclude(findings, "The cluster's ranges begin at their network address and are private");
  },
};
