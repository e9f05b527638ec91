import type {
  NetworkTopology,
  NetworkVerifierResult,
} from '../../schemas/generated/network-verifier-result.js';

/** How many there are of everything that is drawn. */
const counted = (topology: NetworkTopology): Record<string, number> =>
  Object.fromEntries(
    Object.entries(topology).map(([part, value]) => [part, Array.isArray(value) ? value.length : 1]),
  );

/**
 * What of a result is logged: of each way out where it leads and what came of it, but not each hop of it and each
 * host at its end, and of the topology how many parts it has. With 50 subnets these are nine tenths of a result.
 */
export function loggedResult(result: NetworkVerifierResult): object {
  const { network_validation_results: findings, summary, topology, ...rest } = result;
  return {
    ...rest,
    summary,
    ...(topology && { topology: counted(topology) }),
    network_validation_results: findings.map(({ details: { hops, hosts, ...details }, ...finding }) => ({
      ...finding,
      details,
    })),
  };
}
