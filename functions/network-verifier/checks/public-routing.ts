import { type Finding, failed, passed, warning } from '../../../shared/checks/check.ts';
import { conclude } from '../cluster-subnets.ts';
import type { NetworkCheck } from '../network-facts.ts';
import { reads, readsClassification } from '../read-actions.ts';
import { internetRoutes, isActive, targetOf } from '../routing.ts';

/** Every internet gateway that a subnet's default route names is attached to the VPC. */
export const internetGatewayAttached: NetworkCheck = {
  name: 'internet_gateway_attached',
  what: "the internet gateways that the subnets' routes lead to are attached to the VPC",
  actions: readsClassification,
  rule: 'Fails for each one that is not. Says nothing when no subnet has such a route.',
  remedy: 'aws ec2 attach-internet-gateway --internet-gateway-id <igw> --vpc-id <vpc>',
  run: async ({ vpcId, routing, internetGateways }) => {
    const [{ routed, unrouted }, attached] = await Promise.all([routing(), internetGateways()]);
    const targets = routed
      .flatMap(({ table }) => internetRoutes(table))
      .flatMap((route) => (route ? targetOf(route) : []))
      .filter(({ kind }) => kind === 'internet-gateway');
    const ids = [...new Set(targets.map(({ id }) => id))];
    if (ids.length + unrouted.length === 0) return [];
    const findings = ids.map((resourceId): Finding => {
      if (attached.has(resourceId)) return passed(`${resourceId} is attached to ${vpcId}`, { resourceId });
      const remedy = `aws ec2 attach-internet-gateway --internet-gateway-id ${resourceId} --vpc-id ${vpcId}`;
      return failed(
        `${resourceId} is not attached to ${vpcId}, so routes to it drop traffic. Run: ${remedy}`,
        { resourceId },
      );
    });
    return conclude(findings, '', unrouted);
  },
};

/** The subnets that are meant to be public are. */
export const publicSubnetRoute: NetworkCheck = {
  name: 'public_subnet_route',
  what: 'every subnet of public_subnet_ids has a route to an internet gateway',
  actions: readsClassification,
  rule: 'Fails for each that has none. Warns about one that is not among the subnets of the VPC. Says nothing when the request names none.',
  remedy:
    'aws ec2 create-route --route-table-id <table> --destination-cidr-block 0.0.0.0/0 --gateway-id <igw>',
  run: async ({ requirements, classified }) => {
    const meant = requirements.public_subnet_ids ?? [];
    if (meant.length === 0) return [];
    const subnets = await classified();
    const findings = subnets.all
      .filter(({ subnetId }) => meant.includes(subnetId))
      .map(({ subnetId: resourceId, table, kind }): Finding => {
        const rest = { resourceId, details: { route_table_id: table.RouteTableId } };
        if (kind === 'public') return passed(`${resourceId} routes to an internet gateway`, rest);
        return failed(
          `${resourceId} is meant to be public, and its table ${table.RouteTableId} has no route to an internet gateway. Run: aws ec2 create-route --route-table-id ${table.RouteTableId} --destination-cidr-block 0.0.0.0/0 --gateway-id <igw>`,
          rest,
        );
      });
    const looked = [...subnets.all.map(({ subnetId }) => subnetId), ...subnets.unrouted];
    const absent = meant
      .filter((id) => !looked.includes(id))
      .map((resourceId) =>
        warning(
          `${resourceId} is in public_subnet_ids and not among the subnets of this VPC. Add it to subnet_ids`,
          { resourceId },
        ),
      );
    const unrouted = subnets.unrouted.filter((id) => meant.includes(id));
    return conclude([...findings, ...absent], '', unrouted);
  },
};

/** A zero-egress cluster's subnets have no way to the internet. */
export const zeroEgressNoInternet: NetworkCheck = {
  name: 'zero_egress_no_internet',
  what: 'the subnets of a zero-egress cluster have no way to the internet',
  actions: [reads.subnets, reads.routeTables],
  rule: 'Warns about each subnet whose default route leads to an internet or NAT gateway: the cluster works, but not without egress. Only for zero_egress.',
  remedy: 'aws ec2 delete-route --route-table-id <table> --destination-cidr-block 0.0.0.0/0',
  run: async ({ requirements, routing }) => {
    if (!requirements.zero_egress) return [];
    const { routed, unrouted } = await routing();
    const findings = routed.flatMap(({ subnetId: resourceId, table }): Finding[] => {
      const targets = internetRoutes(table).flatMap((route) =>
        route && isActive(route) ? targetOf(route) : [],
      );
      const way = targets.find(({ kind }) => kind === 'internet-gateway' || kind === 'nat-gateway');
      if (!way) return [];
      const message = `${resourceId} has a way to the internet by ${way.id}, which zero egress is meant to rule out. If it is not wanted: aws ec2 delete-route --route-table-id ${table.RouteTableId} --destination-cidr-block 0.0.0.0/0`;
      return [
        warning(message, { resourceId, details: { target: way.id, route_table_id: table.RouteTableId } }),
      ];
    });
    return conclude(findings, 'No subnet has a route to an internet or NAT gateway', unrouted);
  },
};
