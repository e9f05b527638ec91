import { partsOf, wordFor } from '../counts/standing.ts';
import type { Counts } from '../counts/tally.ts';
import type { AccountPool, AccountPoolStatus } from '../resources/account-pool.ts';
import type { Supply } from './supply.ts';

/** What a pool's status is made of. */
export interface PoolFacts {
  supply: Supply;
  /** How the accounts of the pool stand. */
  counts: Counts;
  /** Accounts that the organization may still have; undefined when nobody knows. */
  room: number | undefined;
}

/** Accounts that are claimed, or were and wait for the same customer. */
export const claimedIn = (counts: Counts): number =>
  Object.entries(counts)
    .filter(([word]) => partsOf(word).holding !== 'never')
    .reduce((sum, [, count]) => sum + count, 0);

/** Accounts that have failed before anybody had them. */
export const failedIn = (counts: Counts): number => counts[wordFor('Failed', 'never')] ?? 0;

/** The status of a pool. */
export function poolStatus({ spec }: AccountPool, { supply, counts, room }: PoolFacts): AccountPoolStatus {
  const inPhase = (wanted: string): number => [...supply.values()].filter((phase) => phase === wanted).length;
  return {
    poolSize: spec.poolSize,
    unclaimedAccounts: supply.size,
    claimedAccounts: claimedIn(counts),
    availableAccounts: inPhase('ready'),
    accountsProgressing: inPhase('progressing'),
    accountsPending: inPhase('pending'),
    accountsFailed: failedIn(counts),
    ...(room !== undefined && { awsLimitDelta: room }),
    reservedAccounts: [...supply.keys()].sort(),
  };
}
