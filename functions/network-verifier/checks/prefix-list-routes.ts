import type { RouteTable } from '@aws-sdk/client-ec2';
import { type Finding, passed, warning } from '../../../shared/checks/check.ts';
import { type Cidr, formatCidr, overlaps, parseCidr } from '../../../shared/network/cidr.ts';
import { clusterRanges } from '../cluster-needs.ts';
import type { NetworkCheck } from '../network-facts.ts';
import { reads } from '../read-actions.ts';
import { isDefaultRange, targetOf } from '../routing.ts';

/** A route to the ranges of a prefix list. */
interface ListRoute {
  tableId: string;
  listId: string;
  targetId: string;
}

/** Routes to prefix lists but those of gateway endpoints, whose lists AWS keeps for one service. */
const listRoutes = ({ RouteTableId: tableId = '', Routes = [] }: RouteTable): ListRoute[] =>
  Routes.flatMap((route) => {
    const { kind, id: targetId } = targetOf(route);
    const { DestinationPrefixListId: listId } = route;
    return listId && kind !== 'vpc-endpoint' ? [{ tableId, listId, targetId }] : [];
  });

/** What the ranges of a list change that the other checks, which see ranges only, do not know of. */
function judge(
  { tableId: resourceId, listId, targetId }: ListRoute,
  ranges: Cidr[],
  cluster: Cidr[],
): Finding {
  const details = { prefix_list_id: listId, target: targetId, ranges: ranges.map(formatCidr) };
  const found = `${resourceId} sends the prefix list ${listId} to ${targetId}`;
  if (ranges.length === 0) {
    const message = `${found}, and AWS tells no IPv4 range of it`;
    return warning(message, { resourceId, details: { ...details, reason_code: 'value_absent' } });
  }
  const wide = ranges.filter(isDefaultRange);
  if (wide.length > 0) {
    return warning(
      `${found}, and it has ${wide.map(formatCidr).join(', ')}: internet traffic may take it, which the other checks do not see. Route such a range by itself`,
      { resourceId, details },
    );
  }
  const hidden = ranges.filter((range) => cluster.some((own) => overlaps(own, range)));
  if (hidden.length > 0) {
    return warning(
      `${found}, and its ${hidden.map(formatCidr).join(', ')} share addresses with the cluster's own ranges, so the cluster cannot reach what lies there`,
      { resourceId, details },
    );
  }
  return passed(`${found}; neither the internet nor the cluster's ranges are in it`, { resourceId, details });
}

/** Routes to prefix lists change nothing that is judged by ranges. https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html */
export const prefixListRoutes: NetworkCheck = {
  name: 'prefix_list_routes',
  what: "the prefix lists that the subnets' tables route hold neither the internet nor the cluster's ranges",
  actions: [reads.subnets, reads.routeTables, reads.prefixLists],
  rule: 'Warns about a list with a range as wide as the default route or one that overlaps the ranges of services, pods or nodes. Says nothing when no table routes such a list.',
  remedy: 'Route the range by itself, or take it out: aws ec2 modify-managed-prefix-list',
  run: async ({ requirements, routing, prefixLists }) => {
    const { routed } = await routing();
    const routes = [...new Set(routed.map(({ table }) => table))].flatMap(listRoutes);
    const lists = await prefixLists([...new Set(routes.map(({ listId }) => listId))]);
    const cluster = clusterRanges(requirements).map(({ cidr }) => parseCidr(cidr));
    return routes.map((route) => judge(route, lists.get(route.listId) ?? [], cluster));
  },
};
