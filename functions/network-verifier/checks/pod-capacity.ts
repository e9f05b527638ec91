import { failed, passed } from '../../../shared/checks/check.ts';
import { parseCidr } from '../../../shared/network/cidr.ts';
import { clusterRanges, hostPrefixOf, nodeCounts } from '../cluster-needs.ts';
import type { NetworkCheck, NetworkFacts } from '../network-facts.ts';

const hostPrefixes = { shortest: 23, longest: 26 };
/**
 * A smaller service range has too few addresses for what a cluster itself runs. The limit is not documented; that a
 * /25 is refused is seen in https://github.com/openshift/rosa/blob/master/tests/e2e/test_rosacli_cluster.go
 */
const longestServicePrefix = 24;

const rangeOf = ({ requirements }: NetworkFacts, wanted: string) => {
  const cidr = clusterRanges(requirements).find(({ what }) => what === wanted)?.cidr ?? '';
  return { cidr, prefix: parseCidr(cidr).prefix };
};

export const hostPrefix: NetworkCheck = {
  name: 'host_prefix',
  what: "each node's share of the pods' range has a size the platform takes",
  actions: [],
  rule: `Fails unless the host prefix is from ${hostPrefixes.shortest} to ${hostPrefixes.longest}; 0 stands for 23.`,
  remedy: 'Choose another --host-prefix',
  run: async ({ requirements }) => {
    const prefix = hostPrefixOf(requirements);
    const { shortest, longest } = hostPrefixes;
    const details = { host_prefix: prefix, shortest_prefix: shortest, longest_prefix: longest };
    if (prefix >= shortest && prefix <= longest)
      return [passed(`Each node gets a /${prefix} of the pod CIDR`, { details })];
    return [
      failed(`The host prefix ${prefix} is not from ${shortest} to ${longest}. Choose another`, { details }),
    ];
  },
};

export const serviceCidrSize: NetworkCheck = {
  name: 'service_cidr_size',
  what: 'the range of services has addresses enough',
  actions: [],
  rule: `Fails when it is smaller than /${longestServicePrefix}.`,
  remedy: 'Choose another --service-cidr; a cluster takes 172.30.0.0/16 by default',
  run: async (facts) => {
    const { cidr, prefix } = rangeOf(facts, 'service CIDR');
    const details = { prefix, longest_prefix: longestServicePrefix };
    if (prefix <= longestServicePrefix)
      return [passed(`The service CIDR ${cidr} is large enough`, { details })];
    return [
      failed(`The service CIDR ${cidr} is smaller than /${longestServicePrefix}. Choose a larger range`, {
        details,
      }),
    ];
  },
};

export const podCidrSize: NetworkCheck = {
  name: 'pod_cidr_size',
  what: 'the range of pods has a share for every node',
  actions: [],
  rule: 'Fails when it has fewer shares, each of the size of the host prefix, than max_node_count.',
  remedy: 'Choose a larger --pod-cidr or a longer --host-prefix',
  run: async (facts) => {
    const { cidr, prefix } = rangeOf(facts, 'pod CIDR');
    const perNode = hostPrefixOf(facts.requirements);
    const { most } = nodeCounts(facts.requirements);
    const shares = prefix > perNode ? 0 : 2 ** (perNode - prefix);
    const details = { nodes_possible: shares, nodes_needed: most };
    const found = `The pod CIDR ${cidr} has a /${perNode} for ${shares} nodes`;
    if (shares >= most) return [passed(`${found}, and ${most} are needed`, { details })];
    return [
      failed(`${found}, and ${most} are needed. Choose a larger range or a longer host prefix`, { details }),
    ];
  },
};
