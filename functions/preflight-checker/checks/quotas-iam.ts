import type { PreflightFacts } from '../preflight-facts.ts';
import { fixed } from '../quotas/judge-quota.ts';
import { iamNumber, iamQuota } from '../quotas/known-quota.ts';
import { quotaCheck } from '../quotas/quota-check.ts';

/** Installer, support and worker; and one for each of the operators. */
const accountRoles = 3;
const operatorRoles = 8;

/** Roles that have yet to be made: those the request names are there, or another check says that they are not. */
function rolesNeeded({ cluster }: PreflightFacts) {
  const account = cluster.account_role_arns ? 0 : accountRoles;
  const operators = cluster.operator_role_arns ? 0 : operatorRoles;
  return fixed(account + operators, `${account} account roles and ${operators} operator roles`);
}

/** IAM tells count and quota together: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html */
const rows = [
  {
    name: 'quota_iam_roles',
    code: 'L-FE177D64',
    key: 'Roles',
    unit: 'IAM roles',
    one: 'IAM role',
    need: rolesNeeded,
  },
  {
    name: 'quota_iam_instance_profiles',
    code: 'L-6E65F664',
    key: 'InstanceProfiles',
    unit: 'instance profiles',
    one: 'instance profile',
    need: () => fixed(1, 'that of the nodes'),
  },
];

/** There is room in IAM for what a cluster has of its own. */
export const quotasIam = rows.map(({ name, code, key, unit, one, need }) =>
  quotaCheck({
    name,
    quota: { service: 'iam', code },
    read: iamQuota(code, `${key}Quota`),
    unit,
    one,
    actions: ['iam:GetAccountSummary'],
    used: (facts) => iamNumber(facts, key),
    need,
  }),
);
