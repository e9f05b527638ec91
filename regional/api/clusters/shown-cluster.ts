import type { PlatformCluster, PlatformClusterStatus } from '../../../schemas/generated/platform-cluster.js';
import type { Condition } from '../../../shared/resources/conditions.ts';
import type { Cluster, ClusterStatus } from '../../clusters/cluster.ts';

/** The status of a cluster that no controller has looked at yet. */
const unseen: ClusterStatus = {
  phase: 'Pending',
  message: 'the cluster waits for its first check',
  conditions: [],
  operations: [],
};

const shownCondition = ({ lastTransitionTime, ...condition }: Condition) => ({
  ...condition,
  last_transition_time: lastTransitionTime,
});

/** How far a cluster is, as the API shows it. A deletion shows as soon as it is asked for. */
export function shownStatus({ metadata, status = unseen }: Cluster): PlatformClusterStatus {
  const { message, conditions, operations } = status;
  const phase = metadata.deletionTimestamp ? 'Deleting' : status.phase;
  return { phase, ...(message && { message }), conditions: conditions.map(shownCondition), operations };
}

/** A cluster as the API shows it. */
export function shownCluster(cluster: Cluster): PlatformCluster {
  const { metadata, spec, status } = cluster;
  return {
    id: metadata.name,
    account_id: metadata.namespace,
    ...spec.request,
    access_mode: spec.accessMode,
    oidc_issuer_url: spec.oidcIssuerUrl,
    ...(status?.oidcProviderArn && { oidc_provider_arn: status.oidcProviderArn }),
    status: shownStatus(cluster),
    created_at: metadata.creationTimestamp,
    created_by: spec.createdBy,
  };
}
