import type { PlatformClusterDeletion } from '../../../schemas/generated/platform-cluster-deletion.js';
import type { Answer } from '../answer.ts';
import type { ApiDependencies } from '../dependencies.ts';
import type { ApiRequest } from '../request.ts';
import { clusterNotFound, requestedCluster } from './read-clusters.ts';

/** DELETE /clusters/{id} */
export async function deleteCluster({ store }: ApiDependencies, request: ApiRequest): Promise<Answer> {
  const key = requestedCluster(request);
  if ((await store.delete(key)) === 'not there') return clusterNotFound('DELETE');
  const body: PlatformClusterDeletion = { message: 'Cluster deletion initiated', cluster_id: key.name };
  return { status: 202, body };
}
