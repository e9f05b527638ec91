import type { PlatformOperation } from '../../../schemas/generated/platform-cluster.js';
import { validate as clusterRequest } from '../../../schemas/generated/platform-cluster-request.js';
import { refusal, type TestAnswer } from './answers.ts';
import type { TestRequest } from './router.ts';
import { violation } from './validation.ts';

/** A cluster, whichever version made it. */
export interface TestCluster {
  id: string;
  name: string;
  accountId: string;
  createdAt: string;
  createdBy: string;
  phase: 'Provisioning' | 'Ready' | 'Failed' | 'Deleting';
  /** The account's when it was made; v0 knows none. */
  accessMode?: string;
  /** What its operations found. */
  operations: PlatformOperation[];
  /** Requests seen in this phase. */
  polls: number;
  /** What was asked for. */
  body: Record<string, unknown>;
}

const issuer = 'https://oidc.example.com';

/** A cluster's status as the request's version words it. */
export function status({ version }: TestRequest, { phase, createdAt, operations }: TestCluster) {
  const condition = { type: 'Available', status: phase === 'Ready' ? 'True' : 'False', reason: phase };
  const changed = version === 'v1' ? { last_transition_time: createdAt } : { lastTransitionTime: createdAt };
  return {
    phase,
    conditions: [{ ...condition, ...changed }],
    ...(version === 'v1' && { operations }),
  };
}

/** A cluster as the request's version words it. */
export function shown(request: TestRequest, cluster: TestCluster) {
  const { id, name, accountId, createdAt, createdBy, accessMode } = cluster;
  const { client_token: _, ...body } = cluster.body;
  const v0 = { target_project_id: accountId, generation: 1, resource_version: '1', spec: body.spec };
  return {
    ...(request.version === 'v1'
      ? { ...body, account_id: accountId, access_mode: accessMode }
      : { ...v0, updated_at: createdAt }),
    id,
    name,
    oidc_issuer_url: `${issuer}/${id}`,
    status: status(request, cluster),
    created_at: createdAt,
    created_by: createdBy,
  };
}

/** The refusal of a request for a cluster that is not as the version has it. */
export function wrongBody({ version, body }: TestRequest): TestAnswer | undefined {
  if (version === 'v1') return violation(clusterRequest, body, 'CLUSTERS-MGMT-VALIDATION-001');
  const { name, spec } = (body ?? {}) as { name?: string; spec?: unknown };
  if (!name || !spec) {
    return refusal(400, 'CLUSTERS-MGMT-CREATE-002', 'Missing required fields: name and spec');
  }
  if (name.length <= 18) return undefined;
  return refusal(400, 'CLUSTERS-MGMT-CREATE-006', 'Cluster name must be at most 18 characters');
}
