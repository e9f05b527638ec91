import type { VpcEndpoint } from '@aws-sdk/client-ec2';
import { type Finding, failed, passed, warning } from '../../../shared/checks/check.ts';
import { parseCidr } from '../../../shared/network/cidr.ts';
import { type Coverage, groupCoverage } from '../../../shared/network/security-group.ts';
import { addressesOf, type Flow, port, protocols } from '../../../shared/network/traffic.ts';
import { zonesOf } from '../cluster-subnets.ts';
import { allowHttps, inboundOf, isUsed, listsIn } from '../endpoints.ts';
import type { NetworkCheck, NetworkFacts } from '../network-facts.ts';
import { reads, readsClassification } from '../read-actions.ts';
import { unroutedWarnings } from '../unrouted.ts';

/** Interface endpoints that the cluster's traffic goes through. */
async function usedEndpoints({ endpoints, region, requirements }: NetworkFacts): Promise<VpcEndpoint[]> {
  return (await endpoints()).filter(isUsed(region, requirements.zero_egress ?? false));
}

/** Endpoints are where the private subnets are. https://docs.aws.amazon.com/vpc/latest/privatelink/interface-endpoints.html */
export const vpceSubnetCoverage: NetworkCheck = {
  name: 'vpce_subnet_coverage',
  what: 'the interface endpoints for sts, ecr.api and ecr.dkr are in every zone of the private subnets',
  actions: [...readsClassification, reads.endpoints],
  rule: 'Warns about a zone without the endpoint: its traffic crosses zones and depends on another one. Says nothing of endpoints that are not there.',
  remedy: 'aws ec2 modify-vpc-endpoint --vpc-endpoint-id <endpoint> --add-subnet-ids <subnet>',
  run: async (facts) => {
    const reading = Promise.all([usedEndpoints(facts), facts.classified(), facts.vpcSubnets()]);
    const [endpoints, subnets, all] = await reading;
    if (subnets.private.length === 0) return unroutedWarnings(subnets.unrouted);
    const zones = zonesOf(subnets.private);
    const findings = endpoints.map(({ VpcEndpointId: resourceId, ServiceName, SubnetIds = [] }): Finding => {
      const own = all.filter(({ SubnetId = '' }) => SubnetIds.includes(SubnetId));
      const covered = zonesOf(own.map((subnet) => ({ subnet })));
      const missing = zones.filter((zone) => !covered.includes(zone));
      const rest = { resourceId, details: { service: ServiceName, availability_zones: covered } };
      if (missing.length === 0) return passed(`${resourceId} is in every zone of the private subnets`, rest);
      return warning(
        `${resourceId} for ${ServiceName} is not in ${missing.join(', ')}, so nodes there depend on another zone. Run: aws ec2 modify-vpc-endpoint --vpc-endpoint-id ${resourceId} --add-subnet-ids <subnet>`,
        rest,
      );
    });
    return [...findings, ...unroutedWarnings(subnets.unrouted)];
  },
};

/** HTTPS from the private subnets. */
const fromNodes = (cidrs: string[]): Flow => ({
  protocol: protocols.tcp,
  ports: port(443),
  peers: cidrs.map((cidr) => addressesOf(parseCidr(cidr))),
});

function judge(
  resourceId: string,
  groups: string[],
  { uncovered, allowedGroups, unknownLists }: Coverage,
): Finding {
  const rest = { resourceId, details: { security_group_ids: groups } };
  if (uncovered.length === 0) return passed(`${resourceId} takes HTTPS from the private subnets`, rest);
  if (allowedGroups.length + unknownLists.length > 0) {
    const details = {
      ...rest.details,
      allowed: [...allowedGroups, ...unknownLists],
      reason_code: 'not_verifiable',
    };
    return warning(
      `${resourceId} takes HTTPS from ${[...allowedGroups, ...unknownLists].join(', ')} and not from all addresses of the private subnets. The nodes' own group is made with the cluster, so allow the range of the nodes: ${allowHttps(groups[0], '<range>')}`,
      { ...rest, details },
    );
  }
  return failed(
    `${resourceId}: its security groups (${groups.join(', ')}) do not let HTTPS in from all private subnets. Run: ${allowHttps(groups[0], '<range of the nodes>')}`,
    rest,
  );
}

/** The security groups of endpoints let the nodes in. */
export const vpceSecurityGroup: NetworkCheck = {
  name: 'vpce_security_group',
  what: 'the security groups of the interface endpoints for sts, ecr.api and ecr.dkr let HTTPS in from the private subnets',
  actions: [...readsClassification, reads.endpoints, reads.securityGroups, reads.prefixLists],
  rule: 'Fails when no rule allows TCP port 443 from all of them. Warns when rules name groups or prefix lists that may stand for the nodes. Says nothing of endpoints that are not there.',
  remedy:
    'aws ec2 authorize-security-group-ingress --group-id <group> --protocol tcp --port 443 --cidr <range of the nodes>',
  run: async (facts) => {
    const reading = Promise.all([usedEndpoints(facts), facts.classified(), facts.securityGroups()]);
    const [endpoints, subnets, all] = await reading;
    if (subnets.private.length === 0) return unroutedWarnings(subnets.unrouted);
    const flow = fromNodes(subnets.private.flatMap(({ subnet }) => subnet.CidrBlock ?? []));
    const judged = endpoints.map(async (endpoint): Promise<Finding> => {
      const { VpcEndpointId: resourceId = '' } = endpoint;
      const { ids, rules } = inboundOf(endpoint, all);
      if (!rules) {
        const message = `${resourceId}: not checked, since AWS does not show all of its security groups (${ids.join(', ')})`;
        return warning(message, {
          resourceId,
          details: { reason_code: 'value_absent', security_group_ids: ids },
        });
      }
      const prefixLists = await facts.prefixLists(listsIn(rules));
      const peerGroups = facts.requirements.additional_security_group_ids ?? [];
      return judge(resourceId, ids, groupCoverage(rules, flow, { prefixLists, peerGroups }));
    });
    return [...(await Promise.all(judged)), ...unroutedWarnings(subnets.unrouted)];
  },
};
