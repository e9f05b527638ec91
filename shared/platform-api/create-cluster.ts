import type { Cluster, ClusterRequest } from './platform-api.ts';
import { PlatformApiError } from './platform-api-error.ts';

/** What creating a cluster needs of the API. */
interface Clusters {
  create(cluster: ClusterRequest): Promise<Cluster>;
  find(name: string): Promise<Cluster | undefined>;
}

/** A signature made by a clock that is more than 5 minutes wrong is refused, so ours is no further from the API's. */
const clocksDifferMs = 5 * 60_000;

/** Names are unique in an account: one of this name and VPC that is no older than our request is what we asked for. */
const isOurs = (found: Cluster, wanted: ClusterRequest, begunAt: number): boolean =>
  found.vpcId === wanted.vpcId && Date.parse(found.createdAt) >= begunAt - clocksDifferMs;

/**
 * Creates a cluster where the API has no token to recognise a request sent twice: when a second try meets a cluster of
 * the name, the first may have made it before its answer was lost. It is then looked up, and given back if it can
 * only be the one asked for; if that cannot be told, it is nobody's to assume.
 * @throws PlatformApiError of kind exists when there is another cluster of the name, or may be
 */
export async function createCluster({ create, find }: Clusters, wanted: ClusterRequest): Promise<Cluster> {
  const begunAt = Date.now();
  try {
    return await create(wanted);
  } catch (error) {
    if (!(error instanceof PlatformApiError) || error.failure !== 'exists' || error.fault.tries === 1)
      throw error;
    const found = await find(wanted.name).catch(() => undefined);
    if (found && isOurs(found, wanted, begunAt)) return found;
    const reason = `${error.reason}; it is not certain whether an earlier try of this request, the answer to which was lost, made it`;
    throw new PlatformApiError({ ...error.fault, reason });
  }
}
