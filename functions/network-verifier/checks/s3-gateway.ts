import type { VpcEndpoint } from '@aws-sdk/client-ec2';
import { type Finding, failed, passed, warning } from '../../../shared/checks/check.ts';
import { conclude } from '../cluster-subnets.ts';
import { addTable, createS3Gateway, endpointsFor, isGateway, stateOf, takesName } from '../endpoints.ts';
import type { NetworkCheck } from '../network-facts.ts';
import { reads, readsClassification } from '../read-actions.ts';

const isWorking = (endpoint: VpcEndpoint): boolean => stateOf(endpoint) === 'available';

/** Image layers come from S3, by a gateway endpoint that costs nothing. https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html */
export const vpceS3Gateway: NetworkCheck = {
  name: 'vpce_s3_gateway',
  what: 'a zero-egress VPC has a gateway endpoint for S3',
  actions: [reads.endpoints],
  rule: 'Fails when the VPC has no endpoint for S3 that is available. Warns when there is only an interface endpoint, unless that answers for the name of S3. Only for zero_egress.',
  remedy:
    'aws ec2 create-vpc-endpoint --vpc-endpoint-type Gateway --service-name com.amazonaws.<region>.s3 --route-table-ids <tables>',
  run: async (facts) => {
    if (!facts.requirements.zero_egress) return [];
    const working = (await endpointsFor(facts, 's3')).filter(isWorking);
    const [first] = [...working.filter(isGateway), ...working.filter(takesName), ...working];
    const remedy = createS3Gateway(facts, '<tables of the private subnets>');
    if (!first) {
      return [
        failed(
          `${facts.vpcId} has no available endpoint for S3, where images come from without egress. Run: ${remedy}`,
        ),
      ];
    }
    const { VpcEndpointId: resourceId, VpcEndpointType: type } = first;
    const rest = { resourceId, details: { vpc_endpoint_type: type } };
    if (isGateway(first) || takesName(first)) return [passed(`${resourceId} leads to S3`, rest)];
    return [
      warning(
        `${resourceId} leads to S3 and does not answer for its name, so nodes do not find it. Run: ${remedy}`,
        rest,
      ),
    ];
  },
};

/** The tables of private subnets have the route to S3 that a gateway endpoint puts in them. */
export const s3GatewayRoute: NetworkCheck = {
  name: 's3_gateway_route',
  what: 'the tables of the private subnets have the route of a gateway endpoint for S3',
  actions: [...readsClassification, reads.endpoints],
  rule: 'Without egress: fails for each table that lacks it, unless an interface endpoint answers for the name of S3. Otherwise a warning: images then pass the NAT gateway, which costs money.',
  remedy: 'aws ec2 modify-vpc-endpoint --vpc-endpoint-id <endpoint> --add-route-table-ids <table>',
  run: async (facts) => {
    const [subnets, found] = await Promise.all([facts.classified(), endpointsFor(facts, 's3')]);
    const gateways = found.filter((endpoint) => isGateway(endpoint) && isWorking(endpoint));
    const byName = found.find((endpoint) => takesName(endpoint) && isWorking(endpoint));
    const isNeeded = facts.requirements.zero_egress && !byName;
    const ids = [...new Set(subnets.private.map(({ table }) => table.RouteTableId ?? ''))];
    const findings = ids.map((resourceId): Finding => {
      const has = gateways.find(({ RouteTableIds = [] }) => RouteTableIds.includes(resourceId));
      const rest = { resourceId, details: { vpc_endpoint_id: has?.VpcEndpointId } };
      if (has) return passed(`${resourceId} has the route of ${has.VpcEndpointId} to S3`, rest);
      const [gateway] = gateways;
      const remedy = gateway ? addTable(gateway, resourceId) : createS3Gateway(facts, resourceId);
      const lacks = `${resourceId} has no route of a gateway endpoint to S3`;
      return isNeeded
        ? failed(`${lacks}, and a zero-egress cluster takes its images from there. Run: ${remedy}`, rest)
        : warning(`${lacks}, so images pass another way, which may cost more. Run: ${remedy}`, rest);
    });
    return conclude(findings, 'None of the subnets is private', subnets.unrouted);
  },
};
