import { failed, passed } from '../../../shared/checks/check.ts';
import type { PreflightCheck } from '../preflight-facts.ts';
import { iamQuota } from '../quotas/known-quota.ts';
import { ownRoles } from '../roles/named-roles.ts';
import { summedUp } from '../roles/summed-up.ts';

const code = 'L-0DA4ABF3';

/** A role that lacks its managed policy can still be given it. */
export const quotaPoliciesPerRole: PreflightCheck = {
  name: 'quota_policies_per_role',
  what: 'each role that lacks its managed policy has room for it',
  actions: ['iam:GetAccountSummary', 'iam:ListAttachedRolePolicies'],
  rule: 'Fails when a role lacks its managed policy and has as many policies as the quota allows.',
  remedy: `Detach another policy, or ask AWS for more: \`aws service-quotas request-service-quota-increase --service-code iam --quota-code ${code} --desired-value <number>\``,
  run: async (facts) => {
    const roles = ownRoles(facts);
    if (roles.length === 0) return [];
    const [known, attached] = await Promise.all([
      iamQuota(code, 'AttachedPoliciesPerRoleQuota')(facts),
      Promise.all(roles.map(({ name }) => facts.account.attachedPolicies(name))),
    ]);
    const findings = roles.flatMap(({ name, policy }, index) => {
      const policies = attached[index];
      if (!policies) return [];
      const details = { role: name, quota_code: code, quota: known.value, used: policies.length };
      const lacks = !policies.some((arn) => arn.endsWith(`:aws:policy/service-role/${policy}`));
      if (!lacks || policies.length < known.value) return [passed('It has room', { details })];
      return [
        failed(
          `The role ${name} has ${policies.length} policies, as many as the quota allows, and lacks ${policy}. Detach another one, or ask AWS for more with: ${known.increaseTo(policies.length + 1)}`,
          { details },
        ),
      ];
    });
    return summedUp(findings, `The ${findings.length} roles have their policies or room for them`);
  },
};
