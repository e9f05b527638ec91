import type { NatGateway, Route } from '@aws-sdk/client-ec2';
import { type Finding, failed, passed, warning } from '../../../shared/checks/check.ts';
import { summarize } from '../../../shared/checks/run-checks.ts';
import type { NetworkCheck, RoutedSubnet } from '../network-facts.ts';
import { internetRoutes, isActive, isPublic, type TargetKind, targetOf } from '../routing.ts';
import { unroutedWarnings } from './unrouted.ts';

/** Targets that may lead on to the internet somewhere this account does not show. */
const leadsElsewhere = new Map<TargetKind, string>([
  ['transit-gateway', 'a transit gateway'],
  ['core-network', 'a Cloud WAN core network'],
  ['virtual-private-gateway', 'a virtual private gateway'],
  ['network-interface', 'a network interface (a NAT instance or appliance)'],
  ['vpc-endpoint', 'a Gateway Load Balancer endpoint (a firewall)'],
  ['local-gateway', 'a local gateway of an Outpost'],
  ['carrier-gateway', 'a carrier gateway'],
  ['unknown', 'a kind of target that this version does not know'],
]);

const natRemedy = 'Route 0.0.0.0/0 to an available NAT gateway';

function throughNat(id: string, natGateways: NatGateway[]): Omit<Finding, 'resourceId'> {
  const gateway = natGateways.find(({ NatGatewayId }) => NatGatewayId === id);
  const goes = `its internet traffic goes to NAT gateway ${id}`;
  if (gateway?.State === 'pending') return warning(`${goes}, which is still pending`);
  if (gateway?.State !== 'available') {
    return failed(`${goes}, which is ${gateway?.State ?? 'not in this VPC'}. ${natRemedy}`);
  }
  if (gateway.ConnectivityType !== 'private') return passed(`${goes}, which is available`);
  return warning(
    `${goes}, which is private: it has no address on the internet and reaches it only through others`,
    {
      details: { reason_code: 'not_verifiable' },
    },
  );
}

/** What one route means for traffic from a private subnet to the internet. */
function egressBy(route: Route, natGateways: NatGateway[]): Omit<Finding, 'resourceId'> {
  const { kind, id } = targetOf(route);
  if (!isActive(route))
    return failed(
      `its internet traffic is dropped: the target of its route, ${id}, is gone (${route.State}). ${natRemedy}`,
    );
  if (kind === 'nat-gateway') return throughNat(id, natGateways);
  if (kind === 'vpc-peering') {
    return failed(
      `its internet traffic goes to ${id}, and a VPC peering carries none to the internet. ${natRemedy}`,
    );
  }
  const elsewhere = leadsElsewhere.get(kind);
  if (!elsewhere)
    return failed(`its internet traffic goes to ${id}, which leads nowhere for IPv4. ${natRemedy}`);
  return warning(
    `its internet traffic goes to ${id}, ${elsewhere}; whether it reaches the internet from there cannot be seen here`,
    { details: { reason_code: 'not_verifiable' } },
  );
}

function egressOf(subnet: RoutedSubnet, natGateways: NatGateway[], zeroEgress: boolean): Finding {
  const { subnetId: resourceId, table } = subnet;
  const routes = internetRoutes(table);
  const taken = routes.filter((route) => route !== undefined);
  const details = { route_table_id: table.RouteTableId, targets: taken.map((route) => targetOf(route).id) };
  const about = ({ message, ...finding }: Finding): Finding => ({
    ...finding,
    message: `${resourceId}: ${message}`,
    resourceId,
    details: { ...details, ...finding.details },
  });
  if (zeroEgress && !taken.some(isActive)) {
    return about(passed('it has no living route to the internet, as a zero-egress cluster wants'));
  }
  if (taken.length === 0) {
    return about(failed(`it has no route to the internet. ${natRemedy}, or ask for zero_egress`));
  }
  if (taken.length < routes.length && !zeroEgress) {
    return about(failed(`it has a route to only a part of the internet. ${natRemedy}`));
  }
  const verdicts = taken.map((route) => egressBy(route, natGateways));
  const { status: worst } = summarize(verdicts);
  return about(verdicts.find(({ status }) => status === worst) as Finding);
}

/** Every private subnet has a route to the internet. It proves the shape of the routing, not that it works. */
export const privateSubnetEgressRoute: NetworkCheck = {
  name: 'private_subnet_egress_route',
  run: async ({ requirements, routing, internetGateways, natGateways }) => {
    const [{ routed, unrouted }, gateways, nats] = await Promise.all([
      routing(),
      internetGateways(),
      natGateways(),
    ]);
    const privateSubnets = routed.filter(({ table }) => !isPublic(table, gateways));
    const findings = privateSubnets.map((subnet) =>
      egressOf(subnet, nats, requirements.zero_egress ?? false),
    );
    const all = [...findings, ...unroutedWarnings(unrouted)];
    return all.length > 0 ? all : [passed('None of the subnets is private, so none needs a way out')];
  },
};
