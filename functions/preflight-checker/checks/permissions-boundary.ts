import { passed, warning } from '../../../shared/checks/check.ts';
import type { PreflightCheck } from '../preflight-facts.ts';
import { rolesFound } from '../roles/named-roles.ts';
import { summedUp } from '../roles/summed-up.ts';

/** A boundary takes away what it does not allow. https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html */
export const permissionsBoundary: PreflightCheck = {
  name: 'permissions_boundary',
  what: 'no role that the request names has a permissions boundary',
  actions: ['iam:GetRole'],
  rule: 'Warns when a role has one: what it takes away of the managed policy is not worked out here.',
  remedy: 'See that the boundary allows all that the managed policy of the role does',
  run: async (facts) => {
    const roles = await rolesFound(facts);
    const findings = roles.map(({ name, found, policy }) => {
      const boundary = found.permissionsBoundary;
      const details = { role: name, permissions_boundary: boundary };
      if (!boundary) return passed(`The role ${name} has no permissions boundary`, { details });
      return warning(
        `The role ${name} has the permissions boundary ${boundary}. See that it allows all that ${policy} does`,
        { details },
      );
    });
    return summedUp(findings, `None of the ${roles.length} roles has a permissions boundary`);
  },
};
