import { failed, passed } from '../../../shared/checks/check.ts';
import type { PreflightCheck } from '../preflight-facts.ts';

const role = 'AWSServiceRoleForElasticLoadBalancing';

/**
 * Elastic Load Balancing's service-linked role exists; without it the cluster's first load balancer cannot be
 * made. https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/elb-service-linked-roles.html
 */
export const elbServiceLinkedRole: PreflightCheck = {
  name: 'elb_service_linked_role',
  run: async ({ account }) => {
    const details = { role };
    if (await account.roleExists(role))
      return [passed(`The service-linked role ${role} exists`, { details })];
    const remedy = 'aws iam create-service-linked-role --aws-service-name elasticloadbalancing.amazonaws.com';
    return [
      failed(`The account lacks the service-linked role ${role}. Make it with: ${remedy}`, { details }),
    ];
  },
};
