import { type Finding, failed, passed, Undetermined, warning } from '../../../shared/checks/check.ts';
import type { OidcProvider } from '../account-reader.ts';
import type { PreflightCheck } from '../preflight-facts.ts';
import { providerArnOf, usualClientIds } from '../roles/issuer.ts';

const remedy = 'Let rosa-oidc-provisioner complete it';

function judge(arn: string, { clientIds, tags }: OidcProvider): Finding {
  if (!clientIds)
    throw new Undetermined('value_absent', `IAM does not tell the client ids of the OIDC provider ${arn}`);
  const missing = usualClientIds.filter((id) => !clientIds.includes(id));
  const details = { provider: arn, client_ids: clientIds };
  const says = `The OIDC provider ${arn}`;
  if (missing.length === usualClientIds.length)
    return failed(`${says} takes tokens neither for ${missing.join(' nor for ')}. ${remedy}`, { details });
  if (missing.length > 0)
    return warning(`${says} takes no tokens for ${missing.join(', ')}. ${remedy}`, { details });
  if (tags['red-hat-managed'] !== 'true')
    return warning(`${says} lacks the tag red-hat-managed=true. ${remedy}`, { details });
  return passed(`${says} takes tokens for ${clientIds.join(', ')}`, { details });
}

/** The provider of the cluster's issuer is as it should be, or there is none and it can be made. */
export const oidcProviderReady: PreflightCheck = {
  name: 'oidc_provider_ready',
  what: "the OIDC provider of the cluster's issuer, if there is one already, takes the tokens of its operators",
  actions: ['iam:GetOpenIDConnectProvider'],
  rule: `Fails when the provider takes tokens neither for ${usualClientIds.join(' nor for ')}. Warns when it takes them for one of these only, or lacks the tag red-hat-managed=true. Passes when there is none yet.`,
  remedy,
  run: async (facts) => {
    const url = facts.cluster.oidc_issuer_url;
    if (!url) return [];
    const arn = providerArnOf(facts, url);
    const provider = await facts.account.oidcProvider(arn);
    if (provider) return [judge(arn, provider)];
    const details = { provider: arn };
    return [passed(`There is no OIDC provider ${arn} yet; rosa-oidc-provisioner will make it`, { details })];
  },
};
