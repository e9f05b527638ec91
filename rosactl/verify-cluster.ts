import type { NetworkVerifierResult } from '../schemas/generated/network-verifier-result.js';
import type { PreflightCheckerResult } from '../schemas/generated/preflight-checker-result.js';
import { exitCodes } from '../shared/cli/exit-codes.ts';
import { UsageError } from '../shared/cli/usage-error.ts';
import type { ClusterRequest } from '../shared/platform-api/platform-api.ts';
import type { CommandContext, CommandOutcome } from './command.ts';
import { verify } from './verify.ts';

/** The cluster as the checkers take it; v1 may have parts of it in its spec. */
function checkerRequests({ region, vpcId, subnetIds, clusterConfig, requirements, spec }: ClusterRequest) {
  const cluster_config = clusterConfig ?? spec?.cluster_config;
  if (cluster_config === undefined) {
    throw new UsageError(
      '--verify needs --instance-types and --node-count: quotas are checked for these nodes',
    );
  }
  return {
    preflight: { region, cluster_config },
    network: {
      vpc_id: vpcId,
      subnet_ids: subnetIds,
      requirements: requirements ?? spec?.requirements,
    },
  };
}

/**
 * Asks both checkers, through the alias prod, about a cluster that is to be created.
 * @returns exit code 1 when a check has failed; what may be a warning does not stop
 * @throws UsageError when the nodes are not known; FunctionFailure, Refused, AwsCallError
 */
export async function verifyCluster(
  context: CommandContext,
  cluster: ClusterRequest,
): Promise<CommandOutcome> {
  const requests = checkerRequests(cluster);
  const preflight = await verify<PreflightCheckerResult>(
    context,
    {},
    {
      title: 'Preflight check',
      component: 'preflight-checker',
      request: requests.preflight,
      findingsIn: (result) => result.validation_results,
    },
  );
  const network = await verify<NetworkVerifierResult>(
    context,
    {},
    {
      title: 'Network verification',
      component: 'network-verifier',
      request: requests.network,
      findingsIn: (result) => result.network_validation_results,
    },
  );
  const isFine = [preflight, network].every(({ exitCode }) => exitCode === exitCodes.fine);
  return {
    exitCode: isFine ? exitCodes.fine : exitCodes.no,
    data: { preflight: preflight.data, network: network.data },
    lines: [...preflight.lines, '', ...network.lines, ''],
  };
}
