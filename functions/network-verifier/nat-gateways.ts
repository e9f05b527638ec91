import type { NatGateway } from '@aws-sdk/client-ec2';
import { type Finding, warning } from '../../shared/checks/check.ts';
import type { ClassifiedSubnet } from './cluster-subnets.ts';
import type { NetworkFacts } from './network-facts.ts';
import { internetRoutes, targetOf } from './routing.ts';
import { unroutedWarnings } from './unrouted.ts';

/** A NAT gateway that private subnets send internet traffic to, and these. */
interface UsedGateway {
  id: string;
  gateway: NatGateway;
  users: ClassifiedSubnet[];
}

export const notTold = (resourceId: string, what: string): Finding =>
  warning(`${resourceId}: not checked, since AWS tells no ${what}. Run it again`, {
    resourceId,
    details: { reason_code: 'value_absent' },
  });

const hidden = (resourceId: string): Finding =>
  warning(`${resourceId}: not checked, since AWS does not show it in this VPC (see nat_gateway_state)`, {
    resourceId,
    details: { reason_code: 'depends_on_other_check' },
  });

function usersByGateway(subnets: ClassifiedSubnet[]): Map<string, ClassifiedSubnet[]> {
  const users = new Map<string, ClassifiedSubnet[]>();
  for (const subnet of subnets) {
    const targets = internetRoutes(subnet.table).flatMap((route) => (route ? targetOf(route) : []));
    const ids = targets.flatMap(({ kind, id }) => (kind === 'nat-gateway' ? id : []));
    for (const id of new Set(ids)) users.set(id, [...(users.get(id) ?? []), subnet]);
  }
  return users;
}

/** The NAT gateways the private subnets use, and what keeps some from being judged. */
export async function usedNatGateways({ classified, natGateways }: NetworkFacts) {
  const [subnets, gateways] = await Promise.all([classified(), natGateways()]);
  const used: UsedGateway[] = [];
  const unseen: Finding[] = unroutedWarnings(subnets.unrouted);
  for (const [id, users] of usersByGateway(subnets.private)) {
    const gateway = gateways.find(({ NatGatewayId }) => NatGatewayId === id);
    if (gateway) used.push({ id, gateway, users });
    else unseen.push(hidden(id));
  }
  return { used, unseen };
}
