import { setTimeout as sleep } from 'node:timers/promises';
import { UsageError } from '../shared/cli/usage-error.ts';
import type { Clock } from '../shared/clusters/wait-for-cluster.ts';
import type { PlatformApi } from '../shared/platform-api/platform-api.ts';
import type { CommandContext } from './command.ts';

/** What the commands about clusters can use beside what all have. */
export interface ClusterContext extends CommandContext {
  /** Absent: the computer's. */
  clock?: Clock;
}

const systemClock: Clock = { now: Date.now, sleep };

export const clockOf = ({ clock = systemClock }: ClusterContext): Clock => clock;

/** @throws UsageError when no address of the API is known */
export function platformApiOf({ platformApi }: CommandContext): PlatformApi {
  if (platformApi) return platformApi;
  throw new UsageError(
    'the address of the Platform API is not known: give it with --platform-api-url or ROSACTL_PLATFORM_API_URL',
  );
}
