import type { ClusterOperation } from '../platform-api/cluster-operation.ts';
import type { ClusterStatus, PlatformApi } from '../platform-api/platform-api.ts';
import { PlatformApiError } from '../platform-api/platform-api-error.ts';
import type { Say } from '../tasks.ts';
import { statusText } from './conditions.ts';
import { operationText } from './operations.ts';

/** How time passes. */
export interface Clock {
  /** Milliseconds since some moment. */
  now(): number;
  sleep(ms: number): Promise<unknown>;
}

/** What waiting needs of the world. */
export interface WaitDependencies extends Clock {
  platformApi: Pick<PlatformApi, 'clusterStatus'>;
  /** Told how far the cluster is, whenever that has changed. */
  say: Say;
}

/** How a wait has ended, and the last that was heard of the cluster. */
export interface Waited {
  end: 'ready' | 'failed' | 'gone' | 'timed out';
  status?: ClusterStatus;
}

/** What is waited for. */
interface Wait {
  /** How long the first pause is, in milliseconds; each is twice as long as the one before. */
  firstPauseMs: number;
  /** How long the longest is. */
  longestPauseMs: number;
  forMs: number;
  /** Undefined as long as there is something to wait for. */
  endOf(status: ClusterStatus | undefined): Waited['end'] | undefined;
}

const seconds = 1_000;
const minutes = 60 * seconds;

const ends: Partial<Record<string, Waited['end']>> = { Ready: 'ready', Failed: 'failed' };

/**
 * Checks are done after seconds, a control plane is made in minutes: at last as often, and as long, as the platform's own tests:
 * https://github.com/openshift-online/rosa-hyperfleet-api/blob/main/test/e2e-cli/cluster_test.go
 */
const creation: Wait = {
  firstPauseMs: 2 * seconds,
  longestPauseMs: 20 * seconds,
  forMs: 35 * minutes,
  endOf: (status) => (status ? ends[status.phase] : 'gone'),
};

const deletion: Wait = {
  firstPauseMs: 2 * seconds,
  longestPauseMs: 30 * seconds,
  forMs: 10 * minutes,
  endOf: (status) => (status ? undefined : 'gone'),
};

/** A wait outlives an API that is out of order for a while. */
const mayPass = (error: unknown): error is PlatformApiError =>
  error instanceof PlatformApiError && ['unavailable', 'throttled'].includes(error.failure);

/** A say that does not repeat itself: a log need not have the same line a hundred times. */
function onChange(say: Say): Say {
  let last: string | undefined;
  return (text) => {
    if (text !== last) say(text);
    last = text;
  };
}

async function look(platformApi: WaitDependencies['platformApi'], id: string) {
  try {
    return { status: await platformApi.clusterStatus(id) };
  } catch (error) {
    if (!mayPass(error)) throw error;
    return { trouble: `the Platform API cannot tell, asking again: ${error.reason}` };
  }
}

/** The operations that have come to an end since a status was seen. */
const newOperations = (
  before: ClusterStatus | undefined,
  now: ClusterStatus | undefined,
): ClusterOperation[] => now?.operations.slice(before?.operations.length ?? 0) ?? [];

async function wait(
  { platformApi, say, now, sleep }: WaitDependencies,
  id: string,
  { firstPauseMs, longestPauseMs, forMs, endOf }: Wait,
): Promise<Waited> {
  const tell = onChange(say);
  let pauseMs = firstPauseMs;
  const deadline = now() + forMs;
  let status: ClusterStatus | undefined;
  for (;;) {
    const seen = await look(platformApi, id);
    if (seen.trouble === undefined) {
      const end = endOf(seen.status);
      newOperations(status, seen.status).map(operationText).forEach(say);
      status = seen.status ?? status;
      if (end) return { end, status };
    }
    tell(seen.trouble ?? (status ? statusText(status) : ''));
    if (now() >= deadline) return { end: 'timed out', status };
    await sleep(Math.min(pauseMs, deadline - now()));
    pauseMs = Math.min(2 * pauseMs, longestPauseMs);
  }
}

/**
 * Waits until a cluster is ready, has failed or is gone, at most 35 minutes.
 * @throws PlatformApiError when the API refuses to tell; that it is out of order is waited out
 */
export const waitUntilReady = (dependencies: WaitDependencies, id: string): Promise<Waited> =>
  wait(dependencies, id, creation);

/**
 * Waits until a cluster is gone, at most 10 minutes.
 * @throws PlatformApiError when the API refuses to tell; that it is out of order is waited out
 */
export const waitUntilGone = (dependencies: WaitDependencies, id: string): Promise<Waited> =>
  wait(dependencies, id, deletion);
