import type { PlatformClusterRequest } from '../../../schemas/generated/platform-cluster-request.js';
import type { NewResource } from '../../../shared/resources/resource.ts';
import { accessModeLabel, type CustomerAccount } from '../../accounts/customer-account.ts';
import { apiVersion } from '../../api-version.ts';
import {
  type ClusterSpec,
  clusterKey,
  nameClaim,
  provisioningFinalizer,
  tokenClaim,
} from '../../clusters/cluster.ts';
import type { ApiDependencies } from '../dependencies.ts';
import type { Caller } from '../request.ts';
import { requestDigest } from './request-digest.ts';

/** What a cluster keeps of the request that made it, so that the same one is known again. */
export const requestAnnotations = {
  token: 'rosa.openshift.io/client-token',
  digest: 'rosa.openshift.io/request-digest',
} as const;

/** The cluster that a request asks for. It keeps the mode its account has now. */
export function newCluster(
  { newId, oidcIssuerBaseUrl }: ApiDependencies,
  caller: Caller,
  account: CustomerAccount,
  { client_token: token, ...request }: PlatformClusterRequest,
): NewResource<ClusterSpec> {
  const id = newId();
  const { kind, ...names } = clusterKey(caller.accountId, id);
  const accessMode = account.spec.registration.access_mode;
  return {
    apiVersion,
    kind,
    metadata: {
      ...names,
      uid: id,
      finalizers: [provisioningFinalizer],
      labels: { [accessModeLabel]: accessMode },
      annotations: {
        [requestAnnotations.digest]: requestDigest(request),
        ...(token && { [requestAnnotations.token]: token }),
      },
    },
    spec: { request, accessMode, createdBy: caller.arn, oidcIssuerUrl: `${oidcIssuerBaseUrl}/${id}` },
  };
}

/** What no other cluster may hold at the same time; a token that is held tells more than a name that is. */
export function claimsOf({ metadata, spec }: NewResource<ClusterSpec>): string[] {
  const token = metadata.annotations?.[requestAnnotations.token];
  const { namespace } = metadata;
  return [...(token ? [tokenClaim(namespace, token)] : []), nameClaim(namespace, spec.request.name)];
}
