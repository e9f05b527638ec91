import { type Ask, unless } from './ask.ts';
import { createCluster } from './create-cluster.ts';
import type { Dialect } from './dialect.ts';
import { fieldsOf, listOf, number } from './fields.ts';
import type { Cluster, PlatformApi } from './platform-api.ts';

type Clusters = Pick<
  PlatformApi,
  'createCluster' | 'listClusters' | 'describeCluster' | 'clusterStatus' | 'deleteCluster'
>;

/** The most clusters the API gives at once. */
const pageSize = 100;

async function listClusters(ask: Ask, dialect: Dialect): Promise<Cluster[]> {
  const clusters: Cluster[] = [];
  for (;;) {
    const path = `/clusters?limit=${pageSize}&offset=${clusters.length}`;
    const page = await ask({ method: 'GET', path }, (content) => {
      const of = fieldsOf(content, 'the answer');
      return { items: listOf(of.items, 'the field items').map(dialect.cluster), total: number(of, 'total') };
    });
    clusters.push(...page.items);
    // A cluster deleted meanwhile leaves a page empty before the total is reached.
    if (page.items.length === 0 || clusters.length >= page.total) return clusters;
  }
}

/** No cluster's name is as long. */
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const path = (id: string, part = ''): string => `/clusters/${encodeURIComponent(id)}${part}`;

/** The API's clusters. */
export function clustersOf(ask: Ask, dialect: Dialect): Clusters {
  const list = () => listClusters(ask, dialect);
  const find = async (name: string) => (await list()).find((cluster) => cluster.name === name);
  const get = (id: string) =>
    unless('not-found', undefined, ask({ method: 'GET', path: path(id) }, dialect.cluster));
  return {
    createCluster: (cluster) => {
      const body = dialect.clusterRequest(cluster);
      const create = () => ask({ method: 'POST', path: '/clusters', body }, dialect.cluster);
      return createCluster({ create, find }, cluster);
    },
    listClusters: list,
    describeCluster: (nameOrId) => (uuid.test(nameOrId) ? get(nameOrId) : find(nameOrId)),
    clusterStatus: (id) => {
      const asking = ask({ method: 'GET', path: path(id, '/statuses') }, dialect.clusterStatus);
      return unless('not-found', undefined, asking);
    },
    deleteCluster: (id) => {
      const deleting = ask({ method: 'DELETE', path: path(id) }, () => 'deleting' as const);
      return unless('not-found', 'not there' as const, deleting);
    },
  };
}
