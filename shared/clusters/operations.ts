import type { ClusterOperation } from '../platform-api/cluster-operation.ts';
import { plain } from '../platform-api/plain.ts';

const seconds = (ms: number): string =>
  ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;

/** What ran, in words: `version 3, release 0.1.0, 1.2 s, 2 tries, request 6f1e…`. */
function circumstances({ version, release, durationMs, attempts = 1, requestId }: ClusterOperation): string {
  return [
    version && `version ${version}`,
    release && `release ${release}`,
    durationMs !== undefined && seconds(durationMs),
    attempts > 1 && `${attempts} tries`,
    requestId && `request ${requestId}`,
  ]
    .filter(Boolean)
    .join(', ');
}

/** An operation in one line: `network-verifier failed, via lambda (version 3, 1.2 s)`. */
export function operationText(one: ClusterOperation): string {
  const more = circumstances(one);
  return plain(`${one.operation} ${one.outcome}, via ${one.via}${more ? ` (${more})` : ''}`);
}
