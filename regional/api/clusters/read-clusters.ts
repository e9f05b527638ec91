import type { PlatformClusterList } from '../../../schemas/generated/platform-cluster-list.js';
import type { PlatformClusterStatuses } from '../../../schemas/generated/platform-cluster-statuses.js';
import {
  type Cluster,
  type ClusterSpec,
  type ClusterStatus,
  clusterKey,
  clusterKind,
} from '../../clusters/cluster.ts';
import { type Answer, refusal } from '../answer.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { pageOf } from '../query.ts';
import type { ApiRequest } from '../request.ts';
import { shownCluster, shownStatus } from './shown-cluster.ts';

/** Says that the caller has no such cluster: of another account's it is not told that it is there. */
export const clusterNotFound = (operation: 'GET' | 'STATUS' | 'DELETE'): Answer =>
  refusal(404, `CLUSTERS-MGMT-${operation}-001`, 'Cluster not found');

/** The key of the cluster in the path. */
export const requestedCluster = ({ caller, parameters: { id = '' } }: ApiRequest) =>
  clusterKey(caller.accountId, id);

const find = ({ store }: ApiDependencies, request: ApiRequest): Promise<Cluster | undefined> =>
  store.get<ClusterSpec, ClusterStatus>(requestedCluster(request));

/** GET /clusters/{id} */
export async function getCluster(dependencies: ApiDependencies, request: ApiRequest): Promise<Answer> {
  const cluster = await find(dependencies, request);
  return cluster ? { status: 200, body: shownCluster(cluster) } : clusterNotFound('GET');
}

/** GET /clusters/{id}/statuses */
export async function getClusterStatuses(
  dependencies: ApiDependencies,
  request: ApiRequest,
): Promise<Answer> {
  const cluster = await find(dependencies, request);
  if (!cluster) return clusterNotFound('STATUS');
  const body: PlatformClusterStatuses = { cluster_id: cluster.metadata.name, status: shownStatus(cluster) };
  return { status: 200, body };
}

/** GET /clusters */
export async function listClusters(
  { store }: ApiDependencies,
  { caller, query }: ApiRequest,
): Promise<Answer> {
  const page = pageOf(query);
  if ('status' in page) return page;
  const { items, nextPageToken } = await store.list<ClusterSpec, ClusterStatus>({
    kind: clusterKind,
    namespace: caller.accountId,
    ...page,
  });
  const body: PlatformClusterList = {
    items: items.map(shownCluster),
    ...(nextPageToken && { next_page_token: nextPageToken }),
  };
  return { status: 200, body };
}
