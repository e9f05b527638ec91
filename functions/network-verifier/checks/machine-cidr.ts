import { type Finding, failed, passed, warning } from '../../../shared/checks/check.ts';
import { containsCidr, parseCidr } from '../../../shared/network/cidr.ts';
import { vpcRanges } from '../cluster-needs.ts';
import type { NetworkCheck } from '../network-facts.ts';
import { reads } from '../read-actions.ts';

const shortest = 16;
const longest = { single: 25, multi: 24 };

export const machineCidrSize: NetworkCheck = {
  name: 'machine_cidr_size',
  what: "the nodes' range has a size the platform takes",
  actions: [],
  rule: `Fails unless the machine CIDR is from /${shortest} to /${longest.single}, or to /${longest.multi} for a multi-zone cluster. Says nothing when the request names none.`,
  remedy: 'Choose another --machine-cidr',
  run: async ({ requirements: { machine_cidr: cidr, multi_az } }) => {
    if (!cidr) return [];
    const most = multi_az ? longest.multi : longest.single;
    const { prefix } = parseCidr(cidr);
    const details = { prefix, shortest_prefix: shortest, longest_prefix: most };
    const taken = `from /${shortest} to /${most}`;
    if (prefix >= shortest && prefix <= most)
      return [passed(`The machine CIDR ${cidr} is ${taken}`, { details })];
    return [
      failed(`The machine CIDR ${cidr} is not ${taken}, which the platform takes. Choose another`, {
        details,
      }),
    ];
  },
};

export const subnetInMachineCidr: NetworkCheck = {
  name: 'subnet_in_machine_cidr',
  what: "every subnet lies in the nodes' range with all of its addresses",
  actions: [reads.subnets],
  rule: 'Fails for each subnet that reaches beyond the machine CIDR. Says nothing when the request names none.',
  remedy: 'Choose a --machine-cidr that holds all subnets, such as the range of the VPC',
  run: async ({ requirements: { machine_cidr: cidr }, ownSubnets }) => {
    if (!cidr) return [];
    const machines = parseCidr(cidr);
    return (await ownSubnets()).map(({ SubnetId: resourceId, CidrBlock: own }): Finding => {
      const details = { cidr_block: own, machine_cidr: cidr };
      if (own === undefined) {
        const message = `${resourceId}: not checked, since AWS tells no IPv4 range of it`;
        return warning(message, { resourceId, details: { ...details, reason_code: 'value_absent' } });
      }
      return containsCidr(machines, parseCidr(own))
        ? passed(`${resourceId} (${own}) is in the machine CIDR ${cidr}`, { resourceId, details })
        : failed(
            `${resourceId} (${own}) is not wholly in the machine CIDR ${cidr}. Choose a machine CIDR that holds all subnets, such as the range of the VPC`,
            { resourceId, details },
          );
    });
  },
};

export const machineCidrVsVpc: NetworkCheck = {
  name: 'machine_cidr_vs_vpc',
  what: "the nodes' range lies in a range of the VPC",
  actions: [reads.vpc],
  rule: 'Warns when it does not: addresses beyond the VPC are then taken for nodes. Says nothing when the request names no machine CIDR.',
  remedy: 'Choose the range of the VPC, or a part of it, as --machine-cidr',
  run: async ({ requirements: { machine_cidr: cidr }, vpcId, vpc }) => {
    if (!cidr) return [];
    const ranges = vpcRanges(await vpc()).map((range) => range.cidr);
    const details = { machine_cidr: cidr, vpc_ranges: ranges };
    const found = `The machine CIDR ${cidr}`;
    const inside = ranges.find((range) => containsCidr(parseCidr(range), parseCidr(cidr)));
    if (inside) return [passed(`${found} is in ${inside} of ${vpcId}`, { details })];
    return [
      warning(
        `${found} is not in ${vpcId} (${ranges.join(', ')}), so addresses beyond the VPC are taken for nodes. Choose the range of the VPC or a part of it`,
        { details },
      ),
    ];
  },
};
