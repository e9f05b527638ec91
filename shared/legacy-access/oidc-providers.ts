import { type Finding, failed, passed } from '../checks/check.ts';
import { type LegacyCheck, type OidcProvider, rosaProviders } from './legacy-facts.ts';

/** The audiences of a cluster's tokens: its operators ask for `openshift`, AWS SDKs for `sts.amazonaws.com`. */
const audiences = ['openshift', 'sts.amazonaws.com'];

function judge({ arn, clientIds }: OidcProvider): Finding {
  const rest = { resourceId: arn, details: { client_ids: clientIds } };
  if (audiences.some((audience) => clientIds.includes(audience)))
    return passed(`The OIDC provider ${arn} takes tokens for ${clientIds.join(', ')}`, rest);
  const remedy = `aws iam add-client-id-to-open-id-connect-provider --open-id-connect-provider-arn ${arn} --client-id openshift`;
  return failed(
    `The OIDC provider ${arn} takes tokens neither for ${audiences.join(' nor for ')}, so that no operator of its clusters can sign in. Mend it with: ${remedy}`,
    rest,
  );
}

/** Each ROSA cluster's OIDC provider takes the tokens of the cluster's operators. */
export const legacyOidcProviders: LegacyCheck = {
  name: 'legacy_oidc_providers',
  run: async (facts) => {
    const providers = rosaProviders(await facts.providers());
    if (providers.length > 0) return providers.map(judge);
    return [
      failed(
        'This account has no OIDC/STS set-up: no OIDC provider in it has the tag red-hat-managed=true. There is nothing to migrate; set the account up with "rosactl setup-account"',
      ),
    ];
  },
};
