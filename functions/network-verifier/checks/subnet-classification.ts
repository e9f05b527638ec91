import { type Finding, failed, passed, warning } from '../../../shared/checks/check.ts';
import type { NetworkCheck, RoutedSubnet } from '../network-facts.ts';

const kindOf = ({ isPublic }: RoutedSubnet): string => (isPublic ? 'public' : 'private');

function classified(subnet: RoutedSubnet): Finding {
  const { subnetId: resourceId, table, by } = subnet;
  const route = subnet.isPublic ? 'a route' : 'no route';
  const through = by === 'main' ? `the VPC's main route table ${table.RouteTableId}` : table.RouteTableId;
  return passed(`${resourceId} is ${kindOf(subnet)}: ${through} has ${route} to an internet gateway`, {
    resourceId,
    details: { classification: kindOf(subnet), route_table_id: table.RouteTableId, route_table_by: by },
  });
}

const unclassified = (resourceId?: string): Finding =>
  warning(
    `${resourceId}: AWS shows no route table for it, so whether it is public is not known and its routes were not checked`,
    { resourceId, details: { reason_code: 'value_absent' } },
  );

const lacks = (wanted: 'private' | 'public', subnets: RoutedSubnet[]): Finding =>
  failed(
    `The cluster needs a ${wanted} subnet and all of ${subnets.map(({ subnetId }) => subnetId).join(', ')} are ${wanted === 'private' ? 'public' : 'private'}. Add a ${wanted} subnet to the request`,
    { details: { wanted } },
  );

/** Which subnets are public and which private by their routes, and whether the kinds the cluster needs are there. */
export const subnetClassification: NetworkCheck = {
  name: 'subnet_classification',
  run: async ({ vpcId, requirements, routedSubnets, subnets: allSubnets }) => {
    const subnets = await routedSubnets();
    const routed = new Set(subnets.map(({ subnetId }) => subnetId));
    const unrouted = (await allSubnets()).filter(
      ({ VpcId, SubnetId = '' }) => VpcId === vpcId && !routed.has(SubnetId),
    );
    const needsPrivate = requirements.private_subnets_required ?? true;
    const needsPublic = requirements.public_subnets_required ?? false;
    return [
      ...(needsPrivate && subnets.every(({ isPublic }) => isPublic) ? [lacks('private', subnets)] : []),
      ...(needsPublic && !subnets.some(({ isPublic }) => isPublic) ? [lacks('public', subnets)] : []),
      ...subnets.map(classified),
      ...unrouted.map(({ SubnetId }) => unclassified(SubnetId)),
    ];
  },
};
