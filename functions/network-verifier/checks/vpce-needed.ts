import type { VpcEndpoint } from '@aws-sdk/client-ec2';
import { type Finding, failed, passed } from '../../../shared/checks/check.ts';
import {
  createInterface,
  endpointsFor,
  isInterface,
  type neededServices,
  stateOf,
  takeName,
  takesName,
} from '../endpoints.ts';
import type { NetworkCheck } from '../network-facts.ts';
import { reads } from '../read-actions.ts';

function judge(endpoint: VpcEndpoint, service: string, isNeeded: boolean): Finding[] {
  const { VpcEndpointId: resourceId = '' } = endpoint;
  const state = stateOf(endpoint);
  const rest = { resourceId, details: { state, private_dns_enabled: endpoint.PrivateDnsEnabled } };
  if (state !== 'available' && (isNeeded || takesName(endpoint))) {
    const message = `${resourceId} for ${service} is ${state}, and nodes are sent to it by the service's name. Make it again`;
    return [failed(message, rest)];
  }
  if (takesName(endpoint))
    return [passed(`${resourceId} for ${service} is available and answers for its name`, rest)];
  if (!isNeeded) return [];
  return [
    failed(
      `${resourceId} for ${service} does not answer for the service's name, so nodes look for it on the internet. Run: ${takeName(endpoint)}`,
      rest,
    ),
  ];
}

/** An interface endpoint for a service, needed without egress and in order wherever there is one. */
const neededEndpoint = (name: string, service: (typeof neededServices)[number]): NetworkCheck => ({
  name,
  what: `a zero-egress VPC has an interface endpoint for ${service} that answers for the service's name`,
  actions: [reads.endpoints],
  rule: 'For zero_egress: fails when there is none, or none that is available and has private DNS. Otherwise: fails only for one that has taken the name and is not available.',
  remedy: `aws ec2 create-vpc-endpoint --vpc-endpoint-type Interface --service-name com.amazonaws.<region>.${service} --private-dns-enabled`,
  run: async (facts) => {
    const isNeeded = facts.requirements.zero_egress ?? false;
    const found = (await endpointsFor(facts, service)).filter(isInterface);
    if (found.length === 0 && isNeeded) {
      const message = `${facts.vpcId} has no interface endpoint for ${service}, and a zero-egress cluster reaches it by no other way. Run: ${createInterface(facts, service)}`;
      return [failed(message, { details: { service } })];
    }
    const findings = found.flatMap((endpoint) => judge(endpoint, service, isNeeded));
    // One that works will do.
    const working = findings.filter(({ status }) => status === 'passed');
    return isNeeded && working.length > 0 ? working : findings;
  },
});

export const vpceSts = neededEndpoint('vpce_sts', 'sts');
export const vpceEcrApi = neededEndpoint('vpce_ecr_api', 'ecr.api');
export const vpceEcrDkr = neededEndpoint('vpce_ecr_dkr', 'ecr.dkr');
