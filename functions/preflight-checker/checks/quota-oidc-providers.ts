import { failed, passed, Undetermined, warning } from '../../../shared/checks/check.ts';
import type { PreflightCheck } from '../preflight-facts.ts';
import { knownQuota, readsDefault } from '../quotas/known-quota.ts';

/** "OpenID Connect providers per account" of IAM. */
const quotaCode = 'L-858F3967';

export const oidcProviderQuota = { service: 'iam', code: quotaCode };

/** Fewer free places than this are worth a look before the next clusters. */
const fewLeft = 5;

/** There is room for one more OIDC provider. */
export const quotaOidcProviders: PreflightCheck = {
  name: 'quota_oidc_providers',
  what: 'there is room for one more OIDC provider',
  actions: ['iam:ListOpenIDConnectProviders', 'servicequotas:GetServiceQuota', readsDefault],
  rule: `Fails when as many providers as the quota allows are there. Warns when fewer than ${fewLeft} are left.`,
  remedy: `Remove those of deleted clusters, or ask AWS for more in the control-plane region: \`aws service-quotas request-service-quota-increase --service-code iam --quota-code ${quotaCode} --desired-value <number>\``,
  run: async (facts) => {
    const [quota, used] = await Promise.all([
      knownQuota(facts, oidcProviderQuota),
      facts.account.oidcProviderCount(),
    ]);
    if (used === undefined)
      throw new Undetermined('value_absent', 'AWS does not tell how many OIDC providers there are');
    const free = quota.value - used;
    const details = {
      quota_code: quotaCode,
      quota: quota.value,
      assumed_default: quota.isDefault,
      used,
      needed: 1,
    };
    const numbers = `${used} of ${quota.value} OIDC providers are in use`;
    const remedy = `Remove those of deleted clusters or ask AWS for more with: ${quota.increaseTo(used + 20)}`;
    if (free < 1) return [failed(`${numbers} and the cluster needs one. ${remedy}`, { details })];
    if (free < fewLeft) return [warning(`${numbers}, so only ${free} are left. ${remedy}`, { details })];
    return [passed(numbers, { details })];
  },
};
