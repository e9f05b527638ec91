import type {
  Account,
  AccountChange,
  AccountRegistration,
  Cluster,
  ClusterRequest,
  ClusterStatus,
} from './platform-api.ts';

/** A part of a list. */
export interface ListPage {
  items: unknown[];
  /** Query of the next part; absent: that was the last. */
  next?: string;
}

/**
 * All that differs between versions: the bodies of requests, and how answers are read. Readers overlook what they
 * do not know and throw WrongShape when something needed is missing.
 */
export interface Dialect {
  registration(account: AccountRegistration): unknown;
  account(answer: unknown): Account;
  /** Absent: the version cannot change a registration. */
  accountChange?(change: AccountChange): unknown;
  /** Query of a list's first part. */
  firstPage: string;
  /** @param before how many items the parts before had */
  page(answer: unknown, before: number): ListPage;
  /** @param token tells one request, sent again, from two */
  clusterRequest(cluster: ClusterRequest, token: string): unknown;
  /** Whether the version looks at the token. */
  knowsTokens: boolean;
  cluster(answer: unknown): Cluster;
  /** Reads the answer of `/clusters/{id}/statuses`. */
  clusterStatus(answer: unknown): ClusterStatus;
}
