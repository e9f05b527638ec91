import type { NatGateway } from '@aws-sdk/client-ec2';
import { type Finding, failed, passed, warning } from '../../../shared/checks/check.ts';
import type { RoutedSubnet } from '../cluster-subnets.ts';
import type { NetworkCheck } from '../network-facts.ts';
import { reads } from '../read-actions.ts';
import { internetRoutes, targetOf } from '../routing.ts';
import { unroutedWarnings } from '../unrouted.ts';

/** The NAT gateways that the subnets send internet traffic to, and who sends it. */
function usedGateways(subnets: RoutedSubnet[]): Map<string, string[]> {
  const users = new Map<string, string[]>();
  for (const { subnetId, table } of subnets) {
    const targets = internetRoutes(table).flatMap((route) => (route ? targetOf(route) : []));
    for (const { id } of targets.filter(({ kind }) => kind === 'nat-gateway')) {
      users.set(id, [...new Set([...(users.get(id) ?? []), subnetId])]);
    }
  }
  return users;
}

const hidden = (resourceId: string, users: string[]): Finding =>
  warning(
    `${resourceId}: not checked, since a shared VPC's NAT gateways are shown to its owner alone. Ask the owner for its state`,
    { resourceId, details: { reason_code: 'value_absent', used_by: users } },
  );

function stateOf(resourceId: string, gateway: NatGateway | undefined, users: string[]): Finding {
  const details = { state: gateway?.State ?? 'not found', used_by: users, failure: gateway?.FailureMessage };
  const rest = { resourceId, details };
  if (gateway?.State === 'available') return passed(`${resourceId} is available`, rest);
  if (gateway?.State === 'pending')
    return warning(`${resourceId} is pending. Wait until it is available`, rest);
  const state = gateway ? gateway.State : 'not in this VPC';
  const why = gateway?.FailureMessage ? ` (${gateway.FailureMessage})` : '';
  return failed(
    `${resourceId} is ${state}${why}, so ${users.join(', ')} have no way out. Make a NAT gateway in a public subnet and route to it`,
    rest,
  );
}

/** Every NAT gateway the subnets route to is available. */
export const natGatewayState: NetworkCheck = {
  name: 'nat_gateway_state',
  what: 'every NAT gateway the subnets route to is available',
  actions: [reads.subnets, reads.routeTables, reads.natGateways, reads.vpc],
  rule: 'Fails when one has failed, is being deleted or is not in the VPC. Warns while one is pending.',
  remedy: 'aws ec2 create-nat-gateway in a public subnet, then route 0.0.0.0/0 to it',
  run: async ({ routing, natGateways, isShared }) => {
    const [{ routed, unrouted }, gateways, shared] = await Promise.all([
      routing(),
      natGateways(),
      isShared(),
    ]);
    const findings = [...usedGateways(routed)].map(([id, users]) => {
      const gateway = gateways.find(({ NatGatewayId }) => NatGatewayId === id);
      return !gateway && shared ? hidden(id, users) : stateOf(id, gateway, users);
    });
    const all = [...findings, ...unroutedWarnings(unrouted)];
    return all.length > 0 ? all : [passed('The subnets use no NAT gateway')];
  },
};
