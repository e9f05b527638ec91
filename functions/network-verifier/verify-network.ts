import type { NetworkVerifierRequest } from '../../schemas/generated/network-verifier-request.js';
import type { NetworkVerifierResult } from '../../schemas/generated/network-verifier-result.js';
import { runChecks, summarize } from '../../shared/checks/run-checks.ts';
import type { Invocation } from '../../shared/operation/invocation.ts';
import { networkChecks } from './checks/index.ts';
import type { NetworkDependencies } from './dependencies.ts';
import { activeProbe } from './probe/active-probe.ts';
import { networkFacts } from './read-facts.ts';
import { describeTopology } from './topology/describe-topology.ts';

/**
 * Verifies, with read-only calls, that a network has the shape a cluster needs; reports every finding at once.
 * It proves how traffic is routed; that an endpoint answers, only with an active probe.
 */
export async function verifyNetwork(
  { networkIn, prober, invocation }: NetworkDependencies & { invocation: Invocation },
  request: NetworkVerifierRequest,
): Promise<NetworkVerifierResult> {
  const remainingMs = invocation.remainingMs();
  const probe = request.active_probe ? activeProbe(prober, remainingMs) : undefined;
  const facts = networkFacts(request, networkIn(invocation.region), invocation, probe);
  const [results, topology] = await Promise.all([
    runChecks(networkChecks, facts, remainingMs, invocation.noteChecks),
    request.include_topology ? describeTopology(facts, remainingMs) : undefined,
  ]);
  return {
    network_validation_results: results.map(({ check, status, message, resourceId, details }) => ({
      check_name: check,
      status,
      message,
      resource_id: resourceId ?? request.vpc_id,
      details: details ?? {},
    })),
    summary: summarize(results),
    ...(topology && { topology }),
    dry_run: request.dry_run ?? false,
  };
}

/** Metrics of one run: how many results failed and how many are warnings. */
export const measure = ({ summary }: NetworkVerifierResult): Record<string, number> => ({
  network_validations_failed: summary.failed,
  network_validation_warnings: summary.warning,
});
