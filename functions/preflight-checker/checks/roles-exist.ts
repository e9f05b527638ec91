import type { ClusterConfig } from '../../../schemas/generated/preflight-checker-request.js';
import { type Finding, failed, passed, warning } from '../../../shared/checks/check.ts';
import type { PreflightCheck, PreflightFacts } from '../preflight-facts.ts';
import { accountRolesOf, foreignTo, type NamedRole, operatorRolesOf } from '../roles/named-roles.ts';
import { summedUp } from '../roles/summed-up.ts';

async function judge(facts: PreflightFacts, role: NamedRole, make: string): Promise<Finding> {
  const { key, arn, name } = role;
  const details = { role: arn, purpose: key };
  const foreign = foreignTo(facts, role);
  if (foreign) return failed(`The ${key} role ${arn} ${foreign}. Name one of this account`, { details });
  const found = await facts.account.role(name);
  if (!found) return failed(`There is no role ${name} (${key}). Make it with: ${make}`, { details });
  if (found.arn && found.arn !== arn)
    return failed(`The ${key} role ${name} has the ARN ${found.arn}, not ${arn}. Name it by its ARN`, {
      details,
    });
  return passed(`The role ${name} exists`, { details });
}

/** Roles of which one is named for several purposes: their permissions do not go together. */
function duplicates(roles: NamedRole[]): Finding[] {
  const repeated = roles.filter(({ arn }, index) => roles.findIndex((one) => one.arn === arn) !== index);
  return repeated.map(({ key, arn }) =>
    failed(`The role ${arn} is named for ${key} and for something else. Name one role for each`, {
      details: { role: arn, purpose: key },
    }),
  );
}

function paths(roles: NamedRole[]): Finding[] {
  const found = new Set(roles.map(({ arn, name }) => arn.slice(arn.indexOf('role/') + 4, -name.length)));
  if (found.size < 2) return [];
  return [
    warning(`The roles have different paths: ${[...found].join(', ')}. The installer expects one for all`, {
      details: { paths: [...found] },
    }),
  ];
}

const existence = (
  name: string,
  what: string,
  make: string,
  rolesOf: (cluster: ClusterConfig) => NamedRole[],
): PreflightCheck => ({
  name,
  what: `the ${what} that the request names exist in this account`,
  actions: ['iam:GetRole'],
  rule: 'Fails when a role does not exist, is of another account or partition, has another path than the ARN says, or is named twice. Warns when the roles have different paths.',
  remedy: `\`${make}\``,
  run: async (facts) => {
    const roles = rolesOf(facts.cluster);
    const judged = await Promise.all(roles.map((role) => judge(facts, role, make)));
    return summedUp([...judged, ...duplicates(roles), ...paths(roles)], `The ${roles.length} ${what} exist`);
  },
});

/** The roles that installer, support and worker nodes assume. */
export const accountRoles = existence(
  'account_roles',
  'account roles',
  'rosa create account-roles --hosted-cp',
  accountRolesOf,
);

/** The roles that the cluster's operators assume. */
export const operatorRoles = existence(
  'operator_roles',
  'operator roles',
  'rosa create operator-roles --hosted-cp',
  operatorRolesOf,
);
