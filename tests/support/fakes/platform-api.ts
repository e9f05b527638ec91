import type {
  Cluster,
  ClusterRequest,
  ClusterStatus,
  PlatformApi,
} from '../../../shared/platform-api/platform-api.ts';
import {
  PlatformApiError,
  type PlatformApiFailure,
} from '../../../shared/platform-api/platform-api-error.ts';
import { type Recorded, recorded } from './recorded.ts';

/** How far a cluster is; one that is not ready says why. */
export const clusterStatus = (phase: string, reason = phase): ClusterStatus => ({
  phase,
  conditions: [{ type: 'Available', status: phase === 'Ready' ? 'True' : 'False', reason }],
  operations: [],
});

/** A cluster that is ready, or what is given. */
export const cluster = (name: string, differences: Partial<Cluster> = {}): Cluster => ({
  id: `id-of-${name}`,
  name,
  createdAt: '2026-01-31T10:00:00.123Z',
  createdBy: 'arn:aws:iam::123456789012:user/admin',
  region: 'us-east-1',
  vpcId: 'vpc-0a1b2c3d',
  version: '4.22',
  ...clusterStatus('Ready'),
  ...differences,
});

/** A request that failed in this way. */
export const apiFailure = (failure: PlatformApiFailure, code = failure.toUpperCase()): PlatformApiError =>
  new PlatformApiError({ request: 'GET /api/v1/clusters', tries: 1, failure, code, reason: 'it said so' });

/** What a fake Platform API knows. */
interface Known {
  clusters: Cluster[];
  /** What each look at a status shows, the last one again and again; undefined: no such cluster. */
  statuses: (ClusterStatus | undefined)[];
}

/** A Platform API in memory that remembers its calls. */
export function fakePlatformApi({
  clusters = [],
  statuses = [],
}: Partial<Known> = {}): Recorded<PlatformApi> {
  const left = [...statuses];
  const made = ({ name, region, vpcId, version }: ClusterRequest): Cluster =>
    cluster(name, { region, vpcId, version, ...clusterStatus('Provisioning') });
  return recorded<PlatformApi>({
    live: async () => {},
    info: async () => ({}),
    registerAccount: async () => 'registered' as const,
    describeAccount: async () => undefined,
    changeAccount: async () => 'changed' as const,
    unregisterAccount: async () => 'unregistered' as const,
    createCluster: async (request) => made(request),
    listClusters: async () => clusters,
    describeCluster: async (nameOrId) =>
      clusters.find(({ name, id }) => name === nameOrId || id === nameOrId),
    clusterStatus: async () => (left.length > 1 ? left.shift() : left[0]),
    deleteCluster: async () => 'deleting' as const,
  });
}
