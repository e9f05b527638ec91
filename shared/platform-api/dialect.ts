import type { Account, AccountRegistration, Cluster, ClusterRequest, ClusterStatus } from './platform-api.ts';

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
