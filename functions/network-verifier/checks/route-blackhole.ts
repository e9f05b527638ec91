import type { Route, RouteTable } from '@aws-sdk/client-ec2';
import { type Finding, failed, passed, warning } from '../../../shared/checks/check.ts';
import type { NetworkCheck } from '../network-facts.ts';
import { internetRoutes, isActive, targetOf } from '../routing.ts';

const destinationOf = (route: Route): string =>
  route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock ?? route.DestinationPrefixListId ?? 'unknown';

function deadRoute(table: RouteTable, route: Route): Finding {
  const { RouteTableId: resourceId } = table;
  const target = targetOf(route).id;
  const destination = destinationOf(route);
  const rest = { resourceId, details: { destination, target, state: route.State } };
  const message = `${resourceId}: the route for ${destination} leads to ${target}, which is gone (${route.State})`;
  return internetRoutes(table).includes(route)
    ? failed(`${message}, so internet traffic is dropped. Point the route at a living target`, rest)
    : warning(`${message}, so traffic to that range is dropped. Remove the route or mend its target`, rest);
}

/** No route of the subnets' tables has lost its target. */
export const routeBlackhole: NetworkCheck = {
  name: 'route_blackhole',
  run: async ({ routedSubnets }) => {
    const tables = new Set((await routedSubnets()).map(({ table }) => table));
    return [...tables].flatMap((table) => {
      const dead = (table.Routes ?? []).filter((route) => !isActive(route));
      const { RouteTableId: resourceId } = table;
      if (dead.length === 0)
        return [passed(`${resourceId}: every route has a living target`, { resourceId })];
      return dead.map((route) => deadRoute(table, route));
    });
  },
};
