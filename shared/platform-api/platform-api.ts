import type { NetworkRequirements } from '../../schemas/generated/network-verifier-request.js';
import type { ClusterConfig } from '../../schemas/generated/preflight-checker-request.js';

/** The ARN of alias `prod` of each function. */
export interface FunctionArns {
  oidcProvisioner: string;
  preflightChecker: string;
  networkVerifier: string;
}

/**
 * How the platform works in an account. lambda: only by invoking the functions. dual: existing clusters keep their
 * OIDC/STS roles, new ones use the functions.
 */
export type Authentication = 'lambda' | 'dual';

/** An account whose functions the platform may invoke from now on. */
export interface AccountRegistration {
  /** 12 digits. */
  accountId: string;
  /** Region the functions are deployed to. */
  region: string;
  functions: FunctionArns;
  authentication: Authentication;
}

/** An account as the platform knows it; v0 knows no more than that it is there. */
export interface Account {
  accountId: string;
  region?: string;
  functions?: FunctionArns;
  /** `lambda`, `dual` or a word that came later. */
  authentication?: string;
  /** UTC, ISO 8601. */
  createdAt?: string;
  /** ARN of the caller that registered it. */
  createdBy?: string;
}

/** A cluster to create. */
export interface ClusterRequest {
  /** See `clusterNameProblem`. */
  name: string;
  region: string;
  vpcId: string;
  /** At least one. v0 takes only the first. */
  subnetIds: readonly string[];
  /** OpenShift version such as `4.22`; the platform chooses when absent. */
  version?: string;
  /** Worker nodes, as rosa-preflight-checker takes them. v0 has node pools of their own and ignores it. */
  clusterConfig?: ClusterConfig;
  /** What the cluster wants of its network, as rosa-network-verifier takes it. v0 ignores it. */
  requirements?: NetworkRequirements;
  /**
   * More of what the version's API takes, in the API's own words: with v0 a HyperShift spec (`hostedCluster…`, which
   * needs `rolesRef`), with v1 fields of the request. What the fields above say wins.
   */
  spec?: Record<string, unknown>;
}

/** The latest finding on one aspect of a cluster. */
export interface ClusterCondition {
  type: string;
  /** `True`, `False` or `Unknown`. */
  status: string;
  reason?: string;
  message?: string;
  /** UTC, ISO 8601. */
  lastTransitionTime?: string;
}

/** How far a cluster is. */
export interface ClusterStatus {
  /** Such as `Provisioning`, `Ready`, `Failed` (v1 only), `Deleting`; `Unknown` as long as the API says none. */
  phase: string;
  message?: string;
  conditions: ClusterCondition[];
}

/** A cluster as the platform knows it. */
export interface Cluster extends ClusterStatus {
  /** UUID. */
  id: string;
  name: string;
  /** UTC, ISO 8601. */
  createdAt: string;
  /** ARN of the caller that asked for it. */
  createdBy?: string;
  region?: string;
  vpcId?: string;
  version?: string;
  oidcIssuerUrl?: string;
}

/** What the platform says of itself. */
export interface PlatformInfo {
  /** The role that invokes the functions; absent when the API does not tell. */
  clmRoleArn?: string;
}

/**
 * The Platform API of a region. Every call rejects with PlatformApiError when the API refuses it, cannot be reached
 * or answers what it should not, and with what the credentials' source threw when there are none.
 */
export interface PlatformApi {
  /** Resolves when the API answers and believes the caller's signature. */
  live(): Promise<void>;
  info(): Promise<PlatformInfo>;
  /** `already registered` leaves what the platform knows of the account as it is. */
  registerAccount(account: AccountRegistration): Promise<'registered' | 'already registered'>;
  describeAccount(accountId: string): Promise<Account | undefined>;
  /** `not registered` also when an earlier try, the answer to which was lost, removed it. */
  unregisterAccount(accountId: string): Promise<'unregistered' | 'not registered'>;
  createCluster(cluster: ClusterRequest): Promise<Cluster>;
  /** All clusters of the caller's account. */
  listClusters(): Promise<Cluster[]>;
  describeCluster(nameOrId: string): Promise<Cluster | undefined>;
  /** Undefined when there is no such cluster (any more). */
  clusterStatus(id: string): Promise<ClusterStatus | undefined>;
  /** Resolves when the deletion has begun. */
  deleteCluster(id: string): Promise<'deleting' | 'not there'>;
}
