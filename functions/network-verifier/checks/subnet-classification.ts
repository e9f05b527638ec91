import { type Finding, failed, passed } from '../../../shared/checks/check.ts';
import type { ClassifiedSubnet, SubnetKind as Kind } from '../cluster-subnets.ts';
import type { NetworkCheck } from '../network-facts.ts';
import { readsClassification } from '../read-actions.ts';
import { unroutedWarnings } from '../unrouted.ts';

function judged(
  { subnetId: resourceId, table, by, kind }: ClassifiedSubnet,
  meantPublic: string[] | undefined,
): Finding {
  const route = kind === 'public' ? 'a route' : 'no route';
  const through = by === 'main' ? `the VPC's main route table ${table.RouteTableId}` : table.RouteTableId;
  const details = { classification: kind, route_table_id: table.RouteTableId, route_table_by: by };
  const message = `${resourceId} is ${kind}: ${through} has ${route} to an internet gateway`;
  // A subnet that is meant to be public and is not is what public_subnet_route reports.
  const isMistaken = kind === 'public' && meantPublic !== undefined && !meantPublic.includes(resourceId);
  return isMistaken
    ? failed(`${message}, yet it is meant to be private. Route its 0.0.0.0/0 to a NAT gateway`, {
        resourceId,
        details,
      })
    : passed(message, { resourceId, details });
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
  what: 'which subnets are public and which private by their routes, and whether the kinds the cluster needs are there',
  actions: readsClassification,
  rule: 'Fails when a kind the cluster needs is absent, or a subnet that is meant to be private has a route to an internet gateway.',
  remedy: "Add a subnet of that kind to the request, or change the subnet's route table",
  run: async ({ requirements, classified }) => {
    const { all: subnets, unrouted } = await classified();
    const needed: Kind[] = [
      ...((requirements.private_subnets_required ?? true) ? ['private' as const] : []),
      ...((requirements.public_subnets_required ?? false) ? ['public' as const] : []),
    ];
    const absent = needed.filter((kind) => !subnets.some((subnet) => subnet.kind === kind));
    return [
      // A subnet that could not be looked at may be of the kind that is needed.
      ...(unrouted.length === 0 ? absent.map((kind) => lacks(kind, subnets)) : []),
      ...subnets.map((subnet) => judged(subnet, requirements.public_subnet_ids)),
      ...unroutedWarnings(unrouted),
    ];
  },
};
