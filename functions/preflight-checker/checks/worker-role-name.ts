import { failed, passed } from '../../../shared/checks/check.ts';
import type { PreflightCheck } from '../preflight-facts.ts';
import { accountRolesOf } from '../roles/named-roles.ts';

/**
 * The managed policies of installer and node pool allow iam:PassRole for roles of such ARNs alone:
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/ROSAInstallerPolicy.html
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/ROSANodePoolManagementPolicy.html
 */
const suffix = '-ROSA-Worker-Role';

/** The cluster may give the worker role to nodes. */
export const workerRoleName: PreflightCheck = {
  name: 'worker_role_name',
  what: 'the worker role has a name with which the cluster may give it to nodes',
  actions: [],
  rule: `Fails when the name of the worker role does not end in ${suffix}, as the managed policies want it.`,
  remedy: '`rosa create account-roles --hosted-cp`',
  run: async ({ cluster }) => {
    const worker = accountRolesOf(cluster).find(({ kind }) => kind === 'Worker');
    if (!worker) return [];
    const { name, arn } = worker;
    const details = { role: arn };
    if (arn.endsWith(suffix)) return [passed(`The worker role ${name} can be given to nodes`, { details })];
    return [
      failed(
        `The name of the worker role ${name} does not end in ${suffix}, and ROSAInstallerPolicy and ROSANodePoolManagementPolicy let the cluster give no other role to nodes. Make one with: rosa create account-roles --hosted-cp`,
        { details },
      ),
    ];
  },
};
