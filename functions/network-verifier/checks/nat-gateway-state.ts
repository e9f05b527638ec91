import type { NatGateway } from '@aws-sdk/client-ec2';
import { type Finding, failed, passed, warning } from '../../../shared/checks/check.ts';
import type { NetworkCheck, RoutedSubnet } from '../network-facts.ts';
import { internetRoutes, targetOf } from '../routing.ts';
import { unroutedWarnings } from './unrouted.ts';

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
  run: async ({ routing, natGateways }) => {
    const [{ routed, unrouted }, gateways] = await Promise.all([routing(), natGateways()]);
    const findings = [...usedGateways(routed)].map(([id, users]) =>
      stateOf(
        id,
        gateways.find(({ NatGatewayId }) => NatGatewayId === id),
        users,
      ),
    );
    const all = [...findings, ...unroutedWarnings(unrouted)];
    return all.length > 0 ? all : [passed('The subnets use no NAT gateway')];
  },
};
