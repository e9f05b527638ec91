import { type Finding, warning } from '../checks/check.ts';
import { judgeTrust } from '../iam/operator-trust.ts';
import type { TrustingRole } from '../iam/trust-policy.ts';
import { type LegacyCheck, type OidcProvider, providersTrustedBy, rosaProviders } from './legacy-facts.ts';

function judgeProvider(provider: OidcProvider, roles: TrustingRole[]): Finding[] {
  const trusting = roles.filter((role) => providersTrustedBy(role).includes(provider.arn));
  if (trusting.length > 0) return trusting.map((role) => judgeTrust(role, provider));
  const { arn } = provider;
  return [
    warning(
      `No role trusts the OIDC provider ${arn}: either no cluster uses it, or its operator roles were deleted. See "rosa list oidc-providers"`,
      { resourceId: arn },
    ),
  ];
}

/** The operators of existing clusters can assume their roles with tokens of the clusters' OIDC providers. */
export const legacyOperatorRoles: LegacyCheck = {
  name: 'legacy_operator_roles',
  run: async (facts) => {
    const [providers, roles] = await Promise.all([facts.providers(), facts.roles()]);
    return rosaProviders(providers).flatMap((provider) => judgeProvider(provider, roles));
  },
};
