import type { Account, AccountRegistration, Cluster, ClusterRequest, ClusterStatus } from './platform-api.ts';
import { v0 } from './v0.ts';
import { v1 } from './v1.ts';

/** v1 is what the design has; v0 is what the platform's authors run today. */
export const apiVersions = ['v1', 'v0'] as const;

export type ApiVersion = (typeof apiVersions)[number];

/**
 * All that differs between versions: the bodies of requests, and how answers are read. Readers overlook what they
 * do not know and throw WrongShape when something needed is missing.
 */
export interface Dialect {
  registration(account: AccountRegistration): unknown;
  account(answer: unknown): Account;
  clusterRequest(cluster: ClusterRequest): unknown;
  cluster(answer: unknown): Cluster;
  /** Reads the answer of `/clusters/{id}/statuses`. */
  clusterStatus(answer: unknown): ClusterStatus;
}

export const dialects: Record<ApiVersion, Dialect> = { v1, v0 };
