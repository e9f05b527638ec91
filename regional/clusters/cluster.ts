import type { PlatformAccessMode } from '../../schemas/generated/platform-account-registration.js';
import type { PlatformClusterStatus, PlatformOperation } from '../../schemas/generated/platform-cluster.js';
import type { PlatformClusterRequest } from '../../schemas/generated/platform-cluster-request.js';
import type { Condition } from '../../shared/resources/conditions.ts';
import type { Resource, ResourceKey } from '../../shared/resources/resource.ts';

/** The cluster that was asked for. */
export interface ClusterSpec {
  request: Omit<PlatformClusterRequest, 'client_token'>;
  /** The account's mode when the cluster was made; it never changes. */
  accessMode: PlatformAccessMode;
  /** ARN of the caller. */
  createdBy: string;
  oidcIssuerUrl: string;
}

/** How far it is. */
export interface ClusterStatus {
  phase: PlatformClusterStatus['phase'];
  /** A sentence for people. */
  message?: string;
  conditions: Condition[];
  /** What the operations found, in the order in which they ran. */
  operations: PlatformOperation[];
  /** The operation that has been tried without an answer so far. */
  trying?: Tries;
  oidcProviderArn?: string;
}

/** Tries of an operation that had no answer. */
export interface Tries {
  attempts: number;
  /** When the first began. UTC, ISO 8601. */
  since: string;
}

/** A cluster. Its namespace is its account's id, its name its own id. Its label `access-mode` is its mode. */
export type Cluster = Resource<ClusterSpec, ClusterStatus>;

export const clusterKind = 'Cluster';

export const clusterKey = (accountId: string, clusterId: string): ResourceKey => ({
  kind: clusterKind,
  namespace: accountId,
  name: clusterId,
});

/** Claims of a cluster: its name, and the token of the request that made it. */
export const nameClaim = (accountId: string, name: string): string => `cluster-name:${accountId}:${name}`;
export const tokenClaim = (accountId: string, token: string): string => `client-token:${accountId}:${token}`;

/** Stops a deletion until the sequence has let go of the cluster. */
export const provisioningFinalizer = 'rosa.openshift.io/provisioning';
