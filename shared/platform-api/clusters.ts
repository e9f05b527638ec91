import { randomUUID } from 'node:crypto';
import { type Ask, unless } from './ask.ts';
import { createCluster } from './create-cluster.ts';
import type { Dialect } from './dialect.ts';
import { WrongShape } from './fields.ts';
import type { Cluster, PlatformApi } from './platform-api.ts';

type Clusters = Pick<
  PlatformApi,
  'createCluster' | 'listClusters' | 'describeCluster' | 'clusterStatus' | 'deleteCluster'
>;

async function listClusters(ask: Ask, dialect: Dialect): Promise<Cluster[]> {
  const clusters: Cluster[] = [];
  let query: string | undefined = dialect.firstPage;
  while (query) {
    const asked: string = query;
    const page = await ask({ method: 'GET', path: `/clusters?${asked}` }, (content) => {
      const { items, next } = dialect.page(content, clusters.length);
      if (next === asked) throw new WrongShape('the list leads from one page to the same page again');
      return { items: items.map(dialect.cluster), next };
    });
    clusters.push(...page.items);
    query = page.next;
  }
  return clusters;
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
      const body = dialect.clusterRequest(cluster, randomUUID());
      const create = () => ask({ method: 'POST', path: '/clusters', body }, dialect.cluster);
      return dialect.knowsTokens ? create() : createCluster({ create, find }, cluster);
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
