import type { OidcProvisionerRequest } from '../../schemas/generated/oidc-provisioner-request.js';
import type { ProviderChange } from '../../schemas/generated/oidc-provisioner-result.js';
import type { OidcProvider } from './oidc-providers.ts';

/** The audiences of a cluster's tokens: its operators ask for `openshift`, AWS SDKs for `sts.amazonaws.com`. */
const defaultClientIds = ['openshift', 'sts.amazonaws.com'];

/** IAM keeps at most 5: https://docs.aws.amazon.com/IAM/latest/APIReference/API_OpenIDConnectProviderListEntry.html */
const mostThumbprints = 5;

export const redHatTag = 'red-hat-managed';
const clusterTag = 'rosa_cluster_id';

/** The provider a request asks for. */
export function wantedProvider(request: OidcProvisionerRequest): OidcProvider {
  return {
    thumbprints: request.thumbprint ? [request.thumbprint.toLowerCase()] : [],
    clientIds: [...new Set(request.client_ids ?? defaultClientIds)],
    tags: { [redHatTag]: 'true', [clusterTag]: request.cluster_id },
  };
}

/** What a provider lacks of what is wanted. Empty lists mean that nothing is to be done. */
export interface Missing {
  thumbprints: string[];
  clientIds: string[];
  tags: Record<string, string>;
}

/**
 * Compares a provider with the wanted one. Nothing that is there and not wanted is touched: clusters may share
 * a provider. For the same reason a cluster tag that names another cluster stays as it is.
 */
export function missingFrom(provider: OidcProvider, wanted: OidcProvider): Missing {
  const lacks = ([key, value]: [string, string]) =>
    key === clusterTag ? provider.tags[key] === undefined : provider.tags[key] !== value;
  return {
    thumbprints: wanted.thumbprints.filter((thumbprint) => !provider.thumbprints.includes(thumbprint)),
    clientIds: wanted.clientIds.filter((clientId) => !provider.clientIds.includes(clientId)),
    tags: Object.fromEntries(Object.entries(wanted.tags).filter(lacks)),
  };
}

/** New thumbprints first, the oldest dropped past the limit, so that a certificate can rotate without a gap. */
export const mergeThumbprints = (added: string[], present: string[]): string[] =>
  [...added, ...present].slice(0, mostThumbprints);

/** The changes as the result lists them; fields without one are left out. */
export function changesOf({ thumbprints, clientIds, tags }: Missing): ProviderChange[] {
  const changes: ProviderChange[] = [
    { field: 'thumbprints', added: thumbprints },
    { field: 'client_ids', added: clientIds },
    { field: 'tags', added: Object.entries(tags).map(([key, value]) => `${key}=${value}`) },
  ];
  return changes.filter(({ added }) => added.length > 0);
}
