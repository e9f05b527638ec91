import { type Finding, passed, warning } from '../../../shared/checks/check.ts';
import { conclude, zonesOf } from '../cluster-subnets.ts';
import { notTold, usedNatGateways } from '../nat-gateways.ts';
import type { NetworkCheck } from '../network-facts.ts';
import { reads, readsClassification } from '../read-actions.ts';

/** Traffic to the internet stays in its zone. */
export const natGatewayAz: NetworkCheck = {
  name: 'nat_gateway_az',
  what: 'private subnets use a NAT gateway of their own zone',
  actions: [...readsClassification, reads.natGateways],
  rule: 'Warns when a NAT gateway serves subnets of other zones: they lose the internet with its zone, and traffic between zones costs money. Never fails.',
  remedy: 'Make a NAT gateway in each zone and route to that',
  run: async (facts) => {
    const [{ used, unseen }, all] = await Promise.all([usedNatGateways(facts), facts.vpcSubnets()]);
    const findings = used
      .filter(({ gateway }) => gateway.AvailabilityMode !== 'regional')
      .map(({ id: resourceId, gateway, users }): Finding => {
        const zone = all.find(({ SubnetId }) => SubnetId === gateway.SubnetId)?.AvailabilityZone;
        const rest = { resourceId, details: { availability_zone: zone, serves: zonesOf(users) } };
        if (zone === undefined) return notTold(resourceId, 'zone of its subnet');
        const others = users.filter(({ subnet }) => subnet.AvailabilityZone !== zone);
        if (others.length === 0) return passed(`${resourceId} serves its own zone ${zone}`, rest);
        const ids = others.map(({ subnetId }) => subnetId).join(', ');
        return warning(
          `${resourceId} in ${zone} also serves ${ids} of other zones, which lose the internet when ${zone} fails. Make a NAT gateway in each zone`,
          rest,
        );
      });
    return conclude([...findings, ...unseen], 'The private subnets use no NAT gateway of one zone');
  },
};
