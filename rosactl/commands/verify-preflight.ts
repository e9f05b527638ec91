import type { PreflightCheckerRequest } from '../../schemas/generated/preflight-checker-request.js';
import type { PreflightCheckerResult } from '../../schemas/generated/preflight-checker-result.js';
import type { Command, OptionValues } from '../command.ts';
import {
  listOf,
  numberOf,
  numberProblem,
  requestIn,
  requireFlags,
  verify,
  verifyOptions,
} from '../verify.ts';

const required = { instanceTypes: '--instance-types', nodeCount: '--node-count' };

function requestFrom(options: OptionValues, region: string): PreflightCheckerRequest {
  requireFlags(options, required);
  return {
    region,
    cluster_config: {
      instance_types: listOf(options.instanceTypes) ?? [],
      node_count: numberOf(options.nodeCount) ?? 0,
      max_node_count: numberOf(options.maxNodeCount),
      availability_zones: listOf(options.availabilityZones),
    },
  };
}

export const verifyPreflight: Command = {
  name: 'verify preflight',
  summary: 'check whether the account has what a cluster needs',
  description:
    'Asks rosa-preflight-checker about quotas, instance types, the region and the service-linked role for a cluster of these parameters, as the regional platform does. Changes nothing. Exits 1 when a check failed.',
  options: [
    {
      flags: '--instance-types <types>',
      description: 'EC2 types of the worker nodes, such as m5.xlarge,r5.large',
    },
    {
      flags: '--node-count <number>',
      description: 'worker nodes at creation, over all zones',
      problem: numberProblem,
    },
    {
      flags: '--max-node-count <number>',
      description: 'upper bound of autoscaling (default: the node count)',
      problem: numberProblem,
    },
    {
      flags: '--availability-zones <zones>',
      description: 'zones of the nodes, such as us-east-1a,us-east-1b (default: any zone)',
    },
    {
      flags: '--request-file <file>',
      description: 'the whole request as JSON: schemas/preflight-checker-request.schema.json',
      conflicts: ['instanceTypes', 'nodeCount', 'maxNodeCount', 'availabilityZones'],
    },
    ...verifyOptions,
  ],
  examples: [
    'rosactl verify preflight --instance-types m5.xlarge --node-count 3 --max-node-count 6',
    'rosactl verify preflight --request-file cluster.json --strict',
  ],
  run: async (context, options) => {
    const { requestFile } = options;
    return verify<PreflightCheckerResult>(context, options, {
      component: 'preflight-checker',
      request:
        typeof requestFile === 'string' ? await requestIn(requestFile) : requestFrom(options, context.region),
      findingsIn: (result) => result.validation_results,
    });
  },
};
