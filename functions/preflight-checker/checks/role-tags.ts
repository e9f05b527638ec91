import { passed, warning } from '../../../shared/checks/check.ts';
import type { PreflightCheck } from '../preflight-facts.ts';
import { rolesFound } from '../roles/named-roles.ts';
import { summedUp } from '../roles/summed-up.ts';

/** Roles that are made for hosted control planes have these; those for ROSA Classic lack the last. */
const wanted = ['red-hat-managed', 'rosa_managed_policies', 'rosa_hcp_policies'];

/**
 * The roles have the tags that tell roles of hosted control planes from those of ROSA Classic. Statements of the
 * managed policies hold for resources tagged red-hat-managed=true only.
 * https://docs.aws.amazon.com/rosa/latest/userguide/security-iam-awsmanpol.html
 */
export const roleTags: PreflightCheck = {
  name: 'role_tags',
  what: 'each role that the request names has the tags of roles for hosted control planes',
  actions: ['iam:GetRole'],
  rule: `Warns when one of the tags ${wanted.map((tag) => `${tag}=true`).join(', ')} is missing.`,
  remedy: '`aws iam tag-role --role-name <role> --tags Key=<tag>,Value=true`',
  run: async (facts) => {
    const roles = await rolesFound(facts);
    const findings = roles.map(({ name, found, key }) => {
      const missing = wanted.filter((tag) => found.tags[tag] !== 'true');
      const details = { role: name, purpose: key, missing_tags: missing };
      if (missing.length === 0) return passed(`The role ${name} has its tags`, { details });
      const tags = missing.map((tag) => `Key=${tag},Value=true`).join(' ');
      return warning(
        `The role ${name} (${key}) lacks ${missing.map((tag) => `${tag}=true`).join(', ')}: it may be one for ROSA Classic. If it is for hosted control planes, tag it with: aws iam tag-role --role-name ${name} --tags ${tags}`,
        { details },
      );
    });
    return summedUp(findings, `Each of the ${roles.length} roles has the tags of its kind`);
  },
};
