import { type Finding, failed, passed, warning } from '../../../shared/checks/check.ts';
import { privateSubnetsOf } from '../cluster-size.ts';
import type { PreflightCheck } from '../preflight-facts.ts';

/** A cluster has two nodes at least and 500 at most; so many pods of its own have to run somewhere. */
const fewest = 2;
const most = 500;

/** The numbers of nodes are such as the installer takes. https://github.com/openshift/rosa (MinReplicasValidator) */
export const nodeCount: PreflightCheck = {
  name: 'node_count',
  what: 'the numbers of nodes are such as the installer takes',
  actions: [],
  rule: `Fails when there are fewer than ${fewest} or more than ${most} nodes, when the most are fewer than those at creation, or when the nodes at creation are not a multiple of the private subnets. Warns when they are not a multiple of the zones and the number of subnets is not given.`,
  remedy: 'Choose other numbers of nodes',
  run: async ({ cluster }) => {
    const { node_count: nodes, max_node_count: limit } = cluster;
    const subnets = privateSubnetsOf(cluster);
    const details = { node_count: nodes, max_node_count: limit, private_subnets: subnets };
    const findings: Finding[] = [];
    if (nodes < fewest)
      findings.push(failed(`A cluster has ${fewest} nodes at least, not ${nodes}`, { details }));
    if (Math.max(nodes, limit ?? 0) > most)
      findings.push(failed(`A cluster has ${most} nodes at most`, { details }));
    if (limit !== undefined && limit < nodes)
      findings.push(failed(`max_node_count is ${limit}, less than node_count ${nodes}`, { details }));
    if (subnets && nodes % subnets !== 0) {
      const problem = cluster.private_subnet_count === undefined ? warning : failed;
      const next = Math.ceil(nodes / subnets) * subnets;
      findings.push(
        problem(
          `${nodes} nodes cannot be spread evenly over ${subnets} private subnets, each of which gets a pool of the same size. Choose ${next}`,
          { details },
        ),
      );
    }
    return findings.length > 0 ? findings : [passed(`${nodes} nodes can be made`, { details })];
  },
};
