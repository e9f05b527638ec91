import type { OidcDependencies } from '../../../functions/oidc-provisioner/dependencies.ts';
import type { ComputedThumbprints } from '../../../functions/oidc-provisioner/issuer-thumbprints.ts';
import type { OidcProvider, OidcProviders } from '../../../functions/oidc-provisioner/oidc-providers.ts';
import { provisionOidc } from '../../../functions/oidc-provisioner/provision-oidc.ts';
import type { OidcProvisionerRequest } from '../../../schemas/generated/oidc-provisioner-request.js';
import { awsError } from './aws-errors.ts';
import { type Recorded, recorded } from './recorded.ts';

export const arn = 'arn:aws:iam::123456789012:oidc-provider/oidc.example.com/2f3a1c7e';
export const thumbprint = '917e732d330f9a12404f73d8bea36948b929dffc';

/** What comes of an issuer that cannot be reached. */
export const notComputed: ComputedThumbprints = {
  thumbprints: [],
  trusted: false,
  reason: 'the issuer is silent',
};

/** A provider in order for cluster 2f3a1c7e. */
export const provider = (differences: Partial<OidcProvider> = {}): OidcProvider => ({
  thumbprints: [thumbprint],
  clientIds: ['openshift', 'sts.amazonaws.com'],
  tags: { 'red-hat-managed': 'true', rosa_cluster_id: '2f3a1c7e' },
  ...differences,
});

/** Lost race: another caller's provider appears at create. `invisible`: IAM says it exists and shows none. */
type Winner = OidcProvider | 'invisible' | undefined;

export type FakeProviders = Recorded<OidcProviders> & { stored(): OidcProvider | undefined };

/** IAM with at most one provider, under `arn`. */
export function fakeProviders(present?: OidcProvider, winner?: Winner): FakeProviders {
  let stored = present;
  const change = (changed: Partial<OidcProvider>) => {
    stored = { ...provider(), ...stored, ...changed };
  };
  const fake = recorded<OidcProviders>({
    get: async () => stored,
    create: async (_, wanted) => {
      if (winner && winner !== 'invisible') stored = winner;
      if (winner || stored) throw awsError('iam:CreateOpenIDConnectProvider', 'EntityAlreadyExistsException');
      stored = wanted;
    },
    replaceThumbprints: async (_, thumbprints) => change({ thumbprints }),
    addClientId: async (_, id) => change({ clientIds: [...(stored?.clientIds ?? []), id] }),
    tag: async (_, tags) => change({ tags: { ...stored?.tags, ...tags } }),
  });
  return { ...fake, stored: () => stored };
}

/** The changes a fake was asked for, leaving out the reading. */
export const writes = ({ calls }: FakeProviders) => calls.filter(({ name }) => name !== 'get');

export interface Circumstances {
  request?: Partial<OidcProvisionerRequest>;
  partition?: string;
  /** What is computed of the issuer; unless given, nothing can be. */
  thumbprints?: OidcDependencies['thumbprints'];
  retryPolicy?: Partial<OidcDependencies['retryPolicy']>;
}

/** Asks for the provider of cluster 2f3a1c7e. */
export const provision = (providers: OidcProviders, circumstances: Circumstances = {}) =>
  provisionOidc(
    {
      providersIn: () => providers,
      thumbprints: circumstances.thumbprints ?? (async () => notComputed),
      retryPolicy: {
        attempts: 3,
        firstPauseMs: 200,
        sleep: async () => {},
        random: () => 0.5,
        ...circumstances.retryPolicy,
      },
      invocation: {
        partition: circumstances.partition ?? 'aws',
        account: '123456789012',
        region: 'us-east-1',
        remainingMs: () => 60_000,
      },
    },
    {
      issuer_url: 'https://oidc.example.com/2f3a1c7e',
      cluster_id: '2f3a1c7e',
      thumbprint,
      ...circumstances.request,
    },
  );
