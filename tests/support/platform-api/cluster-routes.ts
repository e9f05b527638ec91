import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { PlatformOperation } from '../../../schemas/generated/platform-cluster.js';
import { refusal, type TestAnswer } from './answers.ts';
import { shown, status, type TestCluster, wrongBody } from './clusters.ts';
import type { Route, TestRequest } from './router.ts';

/** How fast clusters come and go, and who may have some. */
export interface ClusterRules {
  /** Requests for a cluster's status until it is Ready. Default 2 */
  pollsUntilReady?: number;
  /** Requests for a cluster or its status from its deletion until it is gone. Default 2 */
  pollsUntilGone?: number;
  isProvisioned(accountId: string): boolean;
  /** How the platform works in an account. */
  accessModeOf(accountId: string): string | undefined;
  /** What the operations find; when one of them fails, the cluster does. Default none. */
  operations?: PlatformOperation[];
}

const notFound = (part: string): TestAnswer => refusal(404, `CLUSTERS-MGMT-${part}-001`, 'Cluster not found');

const notProvisioned = refusal(403, 'AUTH-004', 'Account is not provisioned for ROSA authorization');

/** A number in the query; what is out of range is silently the default, as upstream. */
function inRange(text: string | null, [lowest, highest]: [number, number], otherwise: number): number {
  const value = Number(text ?? Number.NaN);
  return Number.isInteger(value) && value >= lowest && value <= highest ? value : otherwise;
}

/** The clusters of the test API. */
export function clusterRoutes(
  clusters: Map<string, TestCluster>,
  { pollsUntilReady = 2, pollsUntilGone = 2, isProvisioned, accessModeOf, operations = [] }: ClusterRules,
): Route[] {
  const owned = ({ accountId }: TestRequest): TestCluster[] =>
    [...clusters.values()].filter((cluster) => cluster.accountId === accountId);

  const find = (request: TestRequest): TestCluster | undefined =>
    owned(request).find(({ id }) => id === request.id);

  function finish(cluster: TestCluster): void {
    cluster.operations = operations;
    const isFine = operations.every(({ outcome }) => outcome === 'passed' || outcome === 'warning');
    cluster.phase = isFine ? 'Ready' : 'Failed';
  }

  /** The cluster after one more look at it; undefined when it is gone by now. */
  function look(request: TestRequest, atStatus: boolean): TestCluster | undefined {
    const cluster = find(request);
    if (!cluster) return undefined;
    if (atStatus || cluster.phase === 'Deleting') cluster.polls++;
    if (cluster.phase === 'Provisioning' && cluster.polls >= pollsUntilReady) finish(cluster);
    if (cluster.phase !== 'Deleting' || cluster.polls < pollsUntilGone) return cluster;
    clusters.delete(cluster.id);
    return undefined;
  }

  /** The answer to a request of v1 whose token was seen before. */
  function sameToken(request: TestRequest): TestAnswer | undefined {
    const body = request.body as Record<string, unknown>;
    if (request.version === 'v0' || body.client_token === undefined) return undefined;
    const made = owned(request).find((cluster) => cluster.body.client_token === body.client_token);
    if (!made) return undefined;
    if (isDeepStrictEqual(made.body, body)) return { status: 200, body: shown(request, made) };
    return refusal(409, 'CLUSTERS-MGMT-CREATE-007', 'the client token was used for another request');
  }

  function create(request: TestRequest): TestAnswer {
    const wrong = wrongBody(request);
    if (wrong) return wrong;
    const body = request.body as Record<string, unknown>;
    const name = String(body.name);
    const again = sameToken(request);
    if (again) return again;
    if (owned(request).some((cluster) => cluster.name === name)) {
      const reason = `a cluster named "${name}" already exists in this account`;
      return refusal(409, 'CLUSTERS-MGMT-CREATE-005', reason);
    }
    const { accountId, callerArn: createdBy } = request;
    const born = {
      id: randomUUID(),
      createdAt: new Date().toISOString(),
      phase: 'Provisioning',
      polls: 0,
      operations: [],
      accessMode: accessModeOf(accountId),
    } satisfies Partial<TestCluster>;
    const cluster: TestCluster = { ...born, name, accountId, createdBy, body };
    clusters.set(cluster.id, cluster);
    return { status: 201, body: shown(request, cluster) };
  }

  /** A page of v1; its token says where the next begins. */
  function pageOf(request: TestRequest, limit: number): TestAnswer {
    const from = Number(request.query.get('page_token') ?? 0);
    const all = owned(request);
    const items = all.slice(from, from + limit).map((cluster) => shown(request, cluster));
    const next = from + limit < all.length ? String(from + limit) : undefined;
    return { status: 200, body: { items, next_page_token: next } };
  }

  function list(request: TestRequest): TestAnswer {
    const limit = inRange(request.query.get('limit'), [1, 100], 50);
    if (request.version === 'v1') return pageOf(request, limit);
    const offset = inRange(request.query.get('offset'), [0, Number.MAX_SAFE_INTEGER], 0);
    const all = owned(request);
    const items = all.slice(offset, offset + limit).map((cluster) => shown(request, cluster));
    return { status: 200, body: { items, total: all.length, limit, offset } };
  }

  function describe(request: TestRequest): TestAnswer {
    const cluster = look(request, false);
    return cluster ? { status: 200, body: shown(request, cluster) } : notFound('GET');
  }

  function statuses(request: TestRequest): TestAnswer {
    const cluster = look(request, true);
    if (!cluster) return notFound('STATUS');
    return { status: 200, body: { cluster_id: cluster.id, status: status(request, cluster) } };
  }

  function remove(request: TestRequest): TestAnswer {
    const cluster = find(request);
    if (!cluster) return notFound('DELETE');
    if (cluster.phase !== 'Deleting') Object.assign(cluster, { phase: 'Deleting', polls: 0 });
    return { status: 202, body: { message: 'Cluster deletion initiated', cluster_id: cluster.id } };
  }

  const provisioned =
    (answer: Route['answer']): Route['answer'] =>
    (request) =>
      isProvisioned(request.accountId) ? answer(request) : notProvisioned;

  return [
    { method: 'POST', path: /^\/clusters$/, answer: provisioned(create) },
    { method: 'GET', path: /^\/clusters$/, answer: provisioned(list) },
    { method: 'GET', path: /^\/clusters\/([^/]+)$/, answer: provisioned(describe) },
    { method: 'GET', path: /^\/clusters\/([^/]+)\/statuses$/, answer: provisioned(statuses) },
    { method: 'DELETE', path: /^\/clusters\/([^/]+)$/, answer: provisioned(remove) },
  ];
}
