import { type Probed, probeHost, type Target } from './probe-host.ts';
import type { ProbeNetwork } from './probe-network.ts';

/** Where the function is in the network, and what it can do there. */
export interface Prober {
  /** Ids of the subnets Lambda attaches it to; none when it is not attached. */
  attachedSubnetIds: readonly string[];
  network: ProbeNetwork;
}

/** A probe of one invocation. */
export interface ActiveProbe {
  attachedSubnetIds: readonly string[];
  /** Aborted when the findings are due: the time of the invocation is nearly over. */
  end: AbortSignal;
  /** Probes all targets at once and gives each, in the same order, what came of it. Done in time. */
  hosts<One extends Target>(targets: One[]): Promise<(One & { probed: Probed })[]>;
}

/** Checks that are not done 2 s before the invocation ends have lost their findings: those of a probe come earlier. */
const keptMs = 3_000;

/** @param remainingMs milliseconds until the invocation is ended */
export function activeProbe({ attachedSubnetIds, network }: Prober, remainingMs: number): ActiveProbe {
  const end = AbortSignal.timeout(Math.max(0, remainingMs - keptMs));
  return {
    attachedSubnetIds,
    end,
    hosts: (targets) =>
      Promise.all(
        targets.map(async (target) => ({ ...target, probed: await probeHost(network, target, end) })),
      ),
  };
}
