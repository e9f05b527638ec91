import type { NatGateway, Route } from '@aws-sdk/client-ec2';
import { type Finding, failed, passed, warning } from '../../../shared/checks/check.ts';
import { summarize } from '../../../shared/checks/run-checks.ts';
import { conclude, type RoutedSubnet } from '../cluster-subnets.ts';
import type { NetworkCheck } from '../network-facts.ts';
import { reads, readsClassification } from '../read-actions.ts';
import { internetRoutes, isActive, leadsElsewhere, targetOf } from '../routing.ts';

const natRemedy = 'Route 0.0.0.0/0 to an available NAT gateway';

/** By what else than its routes a subnet's way out is judged. */
interface Circumstances {
  natGateways: NatGateway[];
  /** Whether the VPC is another account's, which alone is shown its NAT gateways. */
  shared: boolean;
  zeroEgress: boolean;
  proxy: boolean;
}

function throughNat(id: string, { natGateways, shared }: Circumstances): Omit<Finding, 'resourceId'> {
  const gateway = natGateways.find(({ NatGatewayId }) => NatGatewayId === id);
  const goes = `its internet traffic goes to NAT gateway ${id}`;
  if (!gateway && shared) {
    return warning(`${goes}, whose state only the owner of this shared VPC is shown`, {
      details: { reason_code: 'value_absent' },
    });
  }
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
function egressBy(route: Route, circumstances: Circumstances): Omit<Finding, 'resourceId'> {
  const { kind, id } = targetOf(route);
  if (!isActive(route))
    return failed(
      `its internet traffic is dropped: the target of its route, ${id}, is gone (${route.State}). ${natRemedy}`,
    );
  if (kind === 'nat-gateway') return throughNat(id, circumstances);
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

function egressOf(subnet: RoutedSubnet, circumstances: Circumstances): Finding {
  const { zeroEgress, proxy } = circumstances;
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
  if (taken.length === 0 && proxy) {
    const reached = 'it has no route to the internet; whether the proxy can be reached cannot be seen here';
    return about(warning(reached, { details: { reason_code: 'not_verifiable' } }));
  }
  if (taken.length === 0) {
    return about(failed(`it has no route to the internet. ${natRemedy}, or ask for zero_egress`));
  }
  if (taken.length < routes.length && !zeroEgress) {
    return about(failed(`it has a route to only a part of the internet. ${natRemedy}`));
  }
  const verdicts = taken.map((route) => egressBy(route, circumstances));
  const { status: worst } = summarize(verdicts);
  return about(verdicts.find(({ status }) => status === worst) as Finding);
}

/** Every private subnet has a route to the internet. It proves the shape of the routing, not that it works. */
export const privateSubnetEgressRoute: NetworkCheck = {
  name: 'private_subnet_egress_route',
  what: 'every private subnet has a route to the internet',
  actions: [...readsClassification, reads.natGateways],
  rule: 'Fails without such a route, unless the cluster has no egress or a proxy, and when its target carries no internet traffic. Warns when the route leaves what the account can see, such as a transit gateway.',
  remedy:
    'aws ec2 create-route --route-table-id <table> --destination-cidr-block 0.0.0.0/0 --nat-gateway-id <nat>',
  run: async ({ requirements, classified, natGateways, isShared }) => {
    const [subnets, nats, shared] = await Promise.all([classified(), natGateways(), isShared()]);
    const circumstances: Circumstances = {
      natGateways: nats,
      shared,
      zeroEgress: requirements.zero_egress ?? false,
      proxy: requirements.proxy ?? false,
    };
    const findings = subnets.private.map((subnet) => egressOf(subnet, circumstances));
    return conclude(findings, 'None of the subnets is private, so none needs a way out', subnets.unrouted);
  },
};
