import type { NetworkRequirements } from '../../schemas/generated/network-verifier-request.js';
import type { ClusterConfig } from '../../schemas/generated/preflight-checker-request.js';
import type { ClusterOperation } from './cluster-operation.ts';

/** The ARN of alias `prod` of each function. */
export interface FunctionArns {
  oidcProvisioner: string;
  preflightChecker: string;
  networkVerifier: string;
}

/**
 * How the platform comes in to the functions. resource-policy: the alias `prod` of each function lets its role in.
 * assume-role: its role assumes one of the account's, with an external id.
 */
export const authentications = ['resource-policy', 'assume-role'] as const;

export type Authentication = (typeof authentications)[number];

/**
 * How the platform works in an account. lambda: only by invoking the functions. oidc-sts: itself, with the account's
 * installer role. dual: the functions first, that role when they cannot be used. Clusters keep the mode they were
 * made with.
 */
export type AccessMode = 'lambda' | 'oidc-sts' | 'dual';

/** A version of a function and what it consists of. */
interface LambdaVersion {
  /** Its number. */
  version: string;
  /** Base64 of the SHA-256 of its package. */
  codeSha256: string;
}

/** The version that the alias `prod` of each function stands for. */
export type LambdaVersions = Partial<Record<keyof FunctionArns, LambdaVersion>>;

/** An account that the platform may work in from now on. v0 keeps nothing but its id. */
export interface AccountRegistration {
  /** 12 digits. */
  accountId: string;
  /** Region the functions are deployed to. */
  region: string;
  /** Needed for lambda and dual. */
  functions?: FunctionArns;
  authentication: Authentication;
  accessMode: AccessMode;
  /** Needed for assume-role. */
  invocationRoleArn?: string;
  /** Needed for oidc-sts and dual. */
  oidcStsRoleArn?: string;
  lambdaVersions?: LambdaVersions;
}

/** What is to be different about a registration; what is left out stays as it is. */
export type AccountChange = Partial<Omit<AccountRegistration, 'accountId'>>;

/** An account as the platform knows it; v0 knows no more than that it is there. */
export interface Account extends Omit<AccountChange, 'authentication' | 'accessMode'> {
  accountId: string;
  /** An `Authentication`, or a word that came later. */
  authentication?: string;
  /** An `AccessMode`, or a word that came later. */
  accessMode?: string;
  /** With which the platform assumes roles of the account. */
  externalId?: string;
  /** The release of the functions that answered last, such as `0.1.0`. */
  release?: string;
  /** When a function last answered. UTC, ISO 8601. */
  lastAnswerAt?: string;
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
  /** What the operations found, in the order in which they ran; v0 tells of none. */
  operations: ClusterOperation[];
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
  oidcProviderArn?: string;
  /** The mode it was made with: an `AccessMode`, or a word that came later. */
  accessMode?: string;
}

/** What the platform says of itself. */
export interface PlatformInfo {
  /** The role that invokes the functions; absent when the API does not tell. */
  clmRoleArn?: string;
  /** With which it assumes roles of the caller's account; absent when the API does not tell. */
  externalId?: string;
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
  /** `not offered`: this version of the API cannot change a registration. */
  changeAccount(
    accountId: string,
    change: AccountChange,
  ): Promise<'changed' | 'not registered' | 'not offered'>;
  /** `not registered` also when an earlier try, the answer to which was lost, removed it. */
  unregisterAccount(accountId: string): Promise<'unregistered' | 'not registered'>;
  /** Of a request that is sent again because its answer was lost, there is one cluster. */
  createCluster(cluster: ClusterRequest): Promise<Cluster>;
  /** All clusters of the caller's account. */
  listClusters(): Promise<Cluster[]>;
  describeCluster(nameOrId: string): Promise<Cluster | undefined>;
  /** Undefined when there is no such cluster (any more). */
  clusterStatus(id: string): Promise<ClusterStatus | undefined>;
  /** Resolves when the deletion has begun. */
  deleteCluster(id: string): Promise<'deleting' | 'not there'>;
}
