import { type Finding, failed, passed, warning } from '../../../shared/checks/check.ts';
import { conclude } from '../cluster-subnets.ts';
import { notTold, usedNatGateways } from '../nat-gateways.ts';
import type { NetworkCheck } from '../network-facts.ts';
import { reads, readsClassification } from '../read-actions.ts';
import { effectiveRouteTable, internetRoutes, isActive, isPublic, targetOf } from '../routing.ts';

const actions = [...readsClassification, reads.natGateways];

/** https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html */
export const natGatewayConnectivity: NetworkCheck = {
  name: 'nat_gateway_connectivity',
  what: 'every NAT gateway the private subnets use has a public address',
  actions,
  rule: 'Fails for a private NAT gateway; warns when its own subnet routes on to a transit gateway or the like, which may lead to the internet.',
  remedy:
    'Make a public NAT gateway with aws ec2 create-nat-gateway --connectivity-type public and route to it',
  run: async (facts) => {
    const [{ used, unseen }, tables] = await Promise.all([usedNatGateways(facts), facts.routeTables()]);
    const findings = used.map(({ id: resourceId, gateway }): Finding => {
      const rest = { resourceId, details: { connectivity_type: gateway.ConnectivityType } };
      if (gateway.ConnectivityType === undefined) return notTold(resourceId, 'connectivity type');
      if (gateway.ConnectivityType === 'public') return passed(`${resourceId} is public`, rest);
      const onward = effectiveRouteTable(tables, gateway.SubnetId ?? '');
      const routes = onward ? internetRoutes(onward.table) : [];
      const leadsOn = routes.some(
        (route) => route && isActive(route) && targetOf(route).kind !== 'internet-gateway',
      );
      if (leadsOn) {
        const details = { ...rest.details, reason_code: 'not_verifiable' };
        const message = `${resourceId} is private and its subnet routes on; whether that leads to the internet cannot be seen here`;
        return warning(message, { ...rest, details });
      }
      return failed(
        `${resourceId} is private: it has no address on the internet. Route to a public NAT gateway`,
        rest,
      );
    });
    return conclude([...findings, ...unseen], 'The private subnets use no NAT gateway');
  },
};

/** A zonal NAT gateway reaches the internet through the routes of the subnet it is in. */
export const natGatewayPublicPath: NetworkCheck = {
  name: 'nat_gateway_public_path',
  what: 'every public NAT gateway in use is in a subnet with a route to an internet gateway',
  actions,
  rule: 'Fails when its subnet has no active default route to an internet gateway, such as a NAT gateway in the private subnet itself. A regional NAT gateway has no subnet and is left out.',
  remedy: 'Make the NAT gateway in a public subnet and route to that one',
  run: async (facts) => {
    const reading = Promise.all([usedNatGateways(facts), facts.routeTables(), facts.internetGateways()]);
    const [{ used, unseen }, tables, attached] = await reading;
    const zonal = used.filter(
      ({ gateway }) => gateway.AvailabilityMode !== 'regional' && gateway.ConnectivityType !== 'private',
    );
    const findings = zonal.map(({ id: resourceId, gateway: { SubnetId: subnetId = '' } }): Finding => {
      const { table } = effectiveRouteTable(tables, subnetId) ?? {};
      const rest = { resourceId, details: { subnet_id: subnetId, route_table_id: table?.RouteTableId } };
      if (!table) return notTold(resourceId, `route table of its subnet ${subnetId}`);
      return isPublic(table, attached)
        ? passed(`${resourceId} is in ${subnetId}, which routes to an internet gateway`, rest)
        : failed(
            `${resourceId} is in ${subnetId}, whose table ${table.RouteTableId} has no route to an internet gateway, so the NAT gateway has no way out itself. Make one in a public subnet and route to it`,
            rest,
          );
    });
    return conclude([...findings, ...unseen], 'The private subnets use no NAT gateway in a subnet');
  },
};
