import { type Finding, failed, warning } from '../../../shared/checks/check.ts';
import { conclude } from '../cluster-subnets.ts';
import { deleteEndpoint, neededServices, serviceName, stateOf, takesName } from '../endpoints.ts';
import type { NetworkCheck } from '../network-facts.ts';
import { reads } from '../read-actions.ts';

/** States that an endpoint leaves by itself: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpcEndpoint.html */
const passing = ['pending', 'deleting', 'deleted'];

/** Every endpoint of the VPC works, so that none has taken a name it does not answer for. */
export const vpcePending: NetworkCheck = {
  name: 'vpce_pending',
  what: 'no endpoint of the VPC waits for acceptance, was rejected or has failed',
  actions: [reads.endpoints],
  rule: 'Fails for such an endpoint of a service the cluster uses (sts, ecr.api, ecr.dkr, s3), gives the reason AWS gives, and warns about others.',
  remedy:
    'Have the owner of the service accept it, or delete it and make it again: aws ec2 delete-vpc-endpoints',
  run: async ({ vpcId, endpoints, region }) => {
    const used: string[] = [...neededServices, 's3'].map((service) => serviceName(region, service));
    const broken = (await endpoints()).filter((endpoint) => stateOf(endpoint) !== 'available');
    const findings = broken.map((endpoint): Finding => {
      const { VpcEndpointId: resourceId, ServiceName: service = '', LastError, FailureReason } = endpoint;
      const state = stateOf(endpoint);
      const reason = FailureReason ?? LastError?.Message;
      const rest = { resourceId, details: { service, state, reason } };
      const message = `${resourceId} for ${service} is ${state}${reason ? ` (${reason})` : ''}`;
      if (passing.includes(state)) return warning(`${message}. Run this again when that is over`, rest);
      const remedy = `Have it accepted, or delete it: ${deleteEndpoint(resourceId)}`;
      return used.includes(service)
        ? failed(`${message}. ${remedy}`, rest)
        : warning(`${message}. ${remedy}`, rest);
    });
    return conclude(findings, `Every endpoint of ${vpcId} that AWS shows is available`);
  },
};

/** One endpoint answers for a name. */
export const vpceDnsConflict: NetworkCheck = {
  name: 'vpce_dns_conflict',
  what: 'no two endpoints answer for the name of one service',
  actions: [reads.endpoints],
  rule: 'Warns about each service with two or more interface endpoints that have private DNS.',
  remedy: 'aws ec2 modify-vpc-endpoint --vpc-endpoint-id <endpoint> --no-private-dns-enabled for all but one',
  run: async ({ endpoints }) => {
    const byService = new Map<string, string[]>();
    for (const { VpcEndpointId = '', ServiceName = '' } of (await endpoints()).filter(takesName)) {
      byService.set(ServiceName, [...(byService.get(ServiceName) ?? []), VpcEndpointId]);
    }
    const findings = [...byService].flatMap(([service, ids]) =>
      ids.length < 2
        ? []
        : warning(
            `${ids.join(' and ')} both answer for the name of ${service}. Keep private DNS for one: aws ec2 modify-vpc-endpoint --vpc-endpoint-id ${ids[1]} --no-private-dns-enabled`,
            { resourceId: ids[0], details: { service, vpc_endpoint_ids: ids } },
          ),
    );
    return conclude(findings, 'No two endpoints answer for the same name');
  },
};
