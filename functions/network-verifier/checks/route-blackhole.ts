import type { Route, RouteTable } from '@aws-sdk/client-ec2';
import { type Finding, failed, passed, warning } from '../../../shared/checks/check.ts';
import { type Cidr, overlaps, parseCidr } from '../../../shared/network/cidr.ts';
import type { NetworkCheck } from '../network-facts.ts';
import { reads } from '../read-actions.ts';
import { canBeDefault, internetRoutes, isActive, targetOf } from '../routing.ts';
import { unroutedWarnings } from '../unrouted.ts';

/** What a dead route is judged by. */
interface Needs {
  /** The ranges the nodes have or may have. */
  nodes: Cidr[];
  zeroEgress: boolean;
}

const destinationOf = (route: Route): string =>
  route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock ?? route.DestinationPrefixListId ?? 'unknown';

/** What a cluster loses by a dead route, or undefined when it can do without. */
function loss(table: RouteTable, route: Route, { nodes, zeroEgress }: Needs): string | undefined {
  if (internetRoutes(table).includes(route)) return zeroEgress ? undefined : 'internet traffic is dropped';
  if (route.DestinationPrefixListId) return 'traffic to an AWS service, such as S3, is dropped';
  // A dead default that another route outranks carries nothing anyway.
  if (!route.DestinationCidrBlock || canBeDefault(route)) return undefined;
  const range = parseCidr(route.DestinationCidrBlock);
  if (nodes.some((node) => overlaps(node, range))) return 'traffic among the nodes is dropped';
  return undefined;
}

function deadRoute(table: RouteTable, route: Route, needs: Needs): Finding {
  const { RouteTableId: resourceId } = table;
  const target = targetOf(route).id;
  const destination = destinationOf(route);
  const rest = { resourceId, details: { destination, target, state: route.State } };
  const message = `${resourceId}: the route for ${destination} leads to ${target}, which is gone (${route.State})`;
  const lost = loss(table, route, needs);
  return lost
    ? failed(`${message}, so ${lost}. Point the route at a living target`, rest)
    : warning(`${message}. Remove the route or mend its target`, rest);
}

/** No route of the subnets' tables has lost its target. */
export const routeBlackhole: NetworkCheck = {
  name: 'route_blackhole',
  what: "no route of the subnets' tables has lost its target",
  actions: [reads.subnets, reads.routeTables, reads.vpc],
  rule: 'Fails when internet traffic, traffic among nodes or traffic to an AWS service takes a dead route. Warns about other dead routes.',
  remedy:
    'aws ec2 replace-route --route-table-id <table> --destination-cidr-block <range> with a target that exists, or aws ec2 delete-route',
  run: async ({ requirements, routing, vpc }) => {
    const [{ routed, unrouted }, theVpc] = await Promise.all([routing(), vpc()]);
    const ranges = (theVpc.CidrBlockAssociationSet ?? []).map(({ CidrBlock }) => CidrBlock);
    const nodes = [...ranges, requirements.machine_cidr].flatMap((cidr) => (cidr ? parseCidr(cidr) : []));
    const needs: Needs = { nodes, zeroEgress: requirements.zero_egress ?? false };
    const findings = [...new Set(routed.map(({ table }) => table))].flatMap((table) => {
      const dead = (table.Routes ?? []).filter((route) => !isActive(route));
      const { RouteTableId: resourceId } = table;
      if (dead.length === 0)
        return [passed(`${resourceId}: every route has a living target`, { resourceId })];
      return dead.map((route) => deadRoute(table, route, needs));
    });
    return [...findings, ...unroutedWarnings(unrouted)];
  },
};
