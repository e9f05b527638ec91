import { type Finding, failed, passed, warning } from '../../../shared/checks/check.ts';
import type { PreflightCheck, PreflightFacts } from '../preflight-facts.ts';

/** A service-linked role, and what lacks it. */
interface ServiceLinkedRole {
  role: string;
  service: string;
  shortfall: typeof failed | typeof warning;
  because: string;
}

async function judge(
  { account }: PreflightFacts,
  { role, service, shortfall, because }: ServiceLinkedRole,
): Promise<Finding[]> {
  const details = { role };
  if (await account.role(role)) return [passed(`The service-linked role ${role} exists`, { details })];
  const remedy = `aws iam create-service-linked-role --aws-service-name ${service}`;
  return [
    shortfall(`The account lacks the service-linked role ${role}${because}. Make it with: ${remedy}`, {
      details,
    }),
  ];
}

/**
 * Elastic Load Balancing's service-linked role exists; without it the cluster's first load balancer cannot be
 * made. https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/elb-service-linked-roles.html
 */
export const elbServiceLinkedRole: PreflightCheck = {
  name: 'elb_service_linked_role',
  what: "Elastic Load Balancing's service-linked role exists, without which no load balancer can be made",
  actions: ['iam:GetRole'],
  rule: 'Fails when the role AWSServiceRoleForElasticLoadBalancing is missing.',
  remedy: '`aws iam create-service-linked-role --aws-service-name elasticloadbalancing.amazonaws.com`',
  run: (facts) =>
    judge(facts, {
      role: 'AWSServiceRoleForElasticLoadBalancing',
      service: 'elasticloadbalancing.amazonaws.com',
      shortfall: failed,
      because: '',
    }),
};

/**
 * EC2 Spot's, for nodes that are spot instances. EC2 makes it at the first request of somebody who may.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/service-linked-roles-spot-instance-requests.html
 */
export const spotServiceLinkedRole: PreflightCheck = {
  name: 'spot_service_linked_role',
  what: "EC2 Spot's service-linked role exists, when the nodes are to be spot instances",
  actions: ['iam:GetRole'],
  rule: 'Warns when the nodes are to be spot instances and the role AWSServiceRoleForEC2Spot is missing.',
  remedy: '`aws iam create-service-linked-role --aws-service-name spot.amazonaws.com`',
  run: async (facts) =>
    facts.cluster.spot
      ? judge(facts, {
          role: 'AWSServiceRoleForEC2Spot',
          service: 'spot.amazonaws.com',
          shortfall: warning,
          because: ', which the first spot instance needs',
        })
      : [],
};
