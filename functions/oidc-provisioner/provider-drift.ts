import type { ProviderDrift } from '../../schemas/generated/oidc-provisioner-result.js';
import type { ComputedThumbprints } from './issuer-thumbprints.ts';
import type { OidcProvider } from './oidc-providers.ts';
import { type Missing, redHatTag } from './wanted-provider.ts';

const byARealRun = 'Send the request without dry_run to add it';

/**
 * AWS trusts the server with an issuer's keys by a public CA, and by thumbprint only where there is none:
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html
 * Its list of CAs is not published; what Node trusts stands in for it.
 */
const thumbprintEffects = {
  cosmetic:
    "The issuer's certificate is signed by a public CA, so AWS looks at no thumbprint. To add it all the same, give it in the request",
  functional:
    "The issuer's certificate is not signed by a public CA, so AWS refuses its tokens while the thumbprint is missing. Give it in the request to add it",
  undetermined: `It matters only if the issuer's certificate is not signed by a CA that AWS trusts. ${byARealRun}`,
};

type Effect = ProviderDrift['effect'];

const thumbprintDrift = (missing: string[], effect: Effect): ProviderDrift => ({
  field: 'thumbprints',
  missing,
  effect,
  message: thumbprintEffects[effect],
});

/**
 * The tags of the ROSA resources are what policies on them go by, `aws:ResourceTag/red-hat-managed` above all:
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/ROSAInstallerPolicy.html
 */
const tagDrift = ([key, value]: [string, string]): ProviderDrift => ({
  field: 'tags',
  missing: [`${key}=${value}`],
  ...(key === redHatTag
    ? { effect: 'functional', message: `Policies may allow what bears this tag only. ${byARealRun}` }
    : { effect: 'cosmetic', message: `It tells people whose provider this is. ${byARealRun}` }),
});

/** The client ids are the audiences AWS accepts: see `aud` in
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html */
const clientIdDrift = (missing: string[]): ProviderDrift => ({
  field: 'client_ids',
  missing,
  effect: 'functional',
  message: `AWS refuses tokens for an audience that is not among the client ids. ${byARealRun}`,
});

/**
 * What a provider that is there lacks, and what comes of it. A thumbprint of the request is only said to be
 * missing; one that was computed is also weighed.
 */
export function driftOf(
  provider: OidcProvider,
  missing: Missing,
  computed?: ComputedThumbprints,
): ProviderDrift[] {
  const unknown = (computed?.thumbprints ?? []).filter((one) => !provider.thumbprints.includes(one));
  return [
    thumbprintDrift(missing.thumbprints, 'undetermined'),
    thumbprintDrift(unknown, computed?.trusted ? 'cosmetic' : 'functional'),
    clientIdDrift(missing.clientIds),
    ...Object.entries(missing.tags).map(tagDrift),
  ].filter((drift) => drift.missing.length > 0);
}
