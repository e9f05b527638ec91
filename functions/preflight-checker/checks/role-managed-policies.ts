import { failed, passed } from '../../../shared/checks/check.ts';
import type { PreflightCheck } from '../preflight-facts.ts';
import { ownRoles } from '../roles/named-roles.ts';
import { summedUp } from '../roles/summed-up.ts';

/** Each role has the AWS managed policy with the permissions it is for. */
export const roleManagedPolicies: PreflightCheck = {
  name: 'role_managed_policies',
  what: 'each role that the request names has the AWS managed policy of its purpose',
  actions: ['iam:ListAttachedRolePolicies'],
  rule: 'Fails when the policy is not attached to the role. Roles that do not exist are left to account_roles and operator_roles.',
  remedy:
    '`aws iam attach-role-policy --role-name <role> --policy-arn arn:aws:iam::aws:policy/service-role/<policy>`',
  run: async (facts) => {
    const looked = ownRoles(facts).map(async ({ name, policy, key }) => {
      const attached = await facts.account.attachedPolicies(name);
      if (!attached) return [];
      const arn = `arn:${facts.home.partition}:iam::aws:policy/service-role/${policy}`;
      const details = { role: name, purpose: key, policy: arn };
      if (attached.includes(arn)) return [passed(`The role ${name} has the policy ${policy}`, { details })];
      const remedy = `aws iam attach-role-policy --role-name ${name} --policy-arn ${arn}`;
      return [
        failed(`The role ${name} (${key}) lacks the policy ${policy}. Attach it with: ${remedy}`, {
          details,
        }),
      ];
    });
    const findings = (await Promise.all(looked)).flat();
    return summedUp(findings, `Each of the ${findings.length} roles has its managed policy`);
  },
};
