import { type Finding, failed, passed } from '../../../shared/checks/check.ts';
import type { NetworkCheck, RoutedSubnet } from '../network-facts.ts';
import { isPublic } from '../routing.ts';
import { unroutedWarnings } from './unrouted.ts';

type Kind = 'private' | 'public';

interface ClassifiedSubnet extends RoutedSubnet {
  kind: Kind;
}

function classified({ subnetId: resourceId, table, by, kind }: ClassifiedSubnet): Finding {
  const route = kind === 'public' ? 'a route' : 'no route';
  const through = by === 'main' ? `the VPC's main route table ${table.RouteTableId}` : table.RouteTableId;
  return passed(`${resourceId} is ${kind}: ${through} has ${route} to an internet gateway`, {
    resourceId,
    details: { classification: kind, route_table_id: table.RouteTableId, route_table_by: by },
  });
}

function lacks(wanted: Kind, subnets: ClassifiedSubnet[]): Finding {
  const ids = subnets.map(({ subnetId }) => subnetId).join(', ');
  return failed(
    `The cluster needs a ${wanted} subnet and there is none among ${ids}. Add a ${wanted} subnet to the request`,
    { details: { wanted } },
  );
}

/** Which subnets are public and which private by their routes, and whether the kinds the cluster needs are there. */
export const subnetClassification: NetworkCheck = {
  name: 'subnet_classification',
  run: async ({ requirements, routing, internetGateways }) => {
    const [{ routed, unrouted }, gateways] = await Promise.all([routing(), internetGateways()]);
    const subnets = routed.map((subnet): ClassifiedSubnet => {
      return { ...subnet, kind: isPublic(subnet.table, gateways) ? 'public' : 'private' };
    });
    const needed: Kind[] = [
      ...((requirements.private_subnets_required ?? true) ? ['private' as const] : []),
      ...((requirements.public_subnets_required ?? false) ? ['public' as const] : []),
    ];
    const absent = needed.filter((kind) => !subnets.some((subnet) => subnet.kind === kind));
    return [
      // A subnet that could not be looked at may be of the kind that is needed.
      ...(unrouted.length === 0 ? absent.map((kind) => lacks(kind, subnets)) : []),
      ...subnets.map(classified),
      ...unroutedWarnings(unrouted),
    ];
  },
};
