import { readStatus } from './cluster-status.ts';
import type { Dialect, ListPage } from './dialect.ts';
import { fieldsOf, listOf, merged, number, objectAt, optionalText, text } from './fields.ts';
import type { Cluster, ClusterRequest } from './platform-api.ts';

// /api/v0 as served upstream: clusters are snake_case around a HyperShift spec and a camelCase status.
// https://github.com/openshift-online/rosa-hyperfleet-api/tree/main/platform-api

const timeField = 'lastTransitionTime';

function cluster(answer: unknown): Cluster {
  const of = fieldsOf(answer, 'the cluster');
  const aws = objectAt(of, 'spec', 'hostedCluster', 'platform', 'aws');
  const release = objectAt(of, 'spec', 'hostedCluster', 'release');
  return {
    id: text(of, 'id'),
    name: text(of, 'name'),
    createdAt: text(of, 'created_at'),
    createdBy: optionalText(of, 'created_by'),
    region: optionalText(aws, 'region'),
    vpcId: optionalText(objectAt(aws, 'cloudProviderConfig'), 'vpc'),
    version: optionalText(objectAt(of, 'status'), 'version') ?? optionalText(release, 'image'),
    // Until July 2026 the issuer was spec.cloudUrl.
    oidcIssuerUrl: optionalText(of, 'oidc_issuer_url') ?? optionalText(objectAt(of, 'spec'), 'cloudUrl'),
    ...readStatus(of, timeField),
  };
}

/** The zone and the seven role ARNs are not ours to guess: they come with `spec`. */
function clusterRequest({ name, region, vpcId, subnetIds, version, spec = {} }: ClusterRequest): unknown {
  const aws = { region, cloudProviderConfig: { vpc: vpcId, subnet: { id: subnetIds[0] } } };
  const release = version && { image: version };
  return { name, spec: merged(spec, { hostedCluster: { release, platform: { type: 'AWS', aws } } }) };
}

/** The most the API gives at once. */
const pageSize = 100;

const pageFrom = (offset: number): string => `limit=${pageSize}&offset=${offset}`;

function page(answer: unknown, before: number): ListPage {
  const of = fieldsOf(answer, 'the answer');
  const items = listOf(of.items, 'the field items');
  const total = number(of, 'total');
  const seen = before + items.length;
  // A cluster deleted meanwhile leaves a page empty before the total is reached.
  const isLast = items.length === 0 || seen >= total;
  return { items, next: isLast ? undefined : pageFrom(seen) };
}

/** `/api/v0` keeps nothing of an account but that it is there. */
export const v0: Dialect = {
  registration: ({ accountId }) => ({ accountId, privileged: false }),
  account: (answer) => {
    const of = fieldsOf(answer, 'the account');
    return {
      accountId: text(of, 'accountId'),
      createdAt: optionalText(of, 'createdAt'),
      createdBy: optionalText(of, 'createdBy'),
    };
  },
  firstPage: pageFrom(0),
  page,
  clusterRequest,
  knowsTokens: false,
  cluster,
  clusterStatus: (answer) => readStatus(fieldsOf(answer, 'the status'), timeField),
};
