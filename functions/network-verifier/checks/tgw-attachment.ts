import type { TransitGatewayVpcAttachment } from '@aws-sdk/client-ec2';
import { type Finding, failed, passed, warning } from '../../../shared/checks/check.ts';
import { type ClassifiedSubnet, zonesOf } from '../cluster-subnets.ts';
import type { NetworkCheck } from '../network-facts.ts';
import { reads, readsClassification } from '../read-actions.ts';
import { internetRoutes, targetOf } from '../routing.ts';
import { addZone, attach, attachmentTo, zonesAttached } from '../transit-gateways.ts';

/** The transit gateways that private subnets send internet traffic to, and these. */
function usedGateways(subnets: ClassifiedSubnet[]): Map<string, ClassifiedSubnet[]> {
  const users = new Map<string, ClassifiedSubnet[]>();
  for (const subnet of subnets) {
    const targets = internetRoutes(subnet.table).flatMap((route) => (route ? targetOf(route) : []));
    for (const { id } of targets.filter(({ kind }) => kind === 'transit-gateway')) {
      users.set(id, [...new Set([...(users.get(id) ?? []), subnet])]);
    }
  }
  return users;
}

/** @param attached zones in which the attachment has a subnet; traffic of other zones is dropped */
function judge(
  id: string,
  attachment: TransitGatewayVpcAttachment | undefined,
  zones: string[],
  attached: string[],
): Finding {
  if (!attachment) {
    return failed(`Internet traffic goes to ${id}, and the VPC has no attachment to it. Run: ${attach(id)}`, {
      resourceId: id,
    });
  }
  const { TransitGatewayAttachmentId: resourceId = id, State: state } = attachment;
  const rest = { resourceId, details: { state, transit_gateway_id: id, availability_zones: attached } };
  const found = `${resourceId}, the attachment to ${id},`;
  if (state !== 'available')
    return failed(
      `${found} is ${state ?? 'in no known state'}, not available. Have it accepted or made again`,
      rest,
    );
  const missing = zones.filter((zone) => !attached.includes(zone));
  if (missing.length === 0) return passed(`${found} is available in every zone of the private subnets`, rest);
  return failed(
    `${found} has no subnet in ${missing.join(', ')}, so traffic from there is dropped. Run: ${addZone(resourceId)}`,
    rest,
  );
}

/** https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html */
export const tgwAttachment: NetworkCheck = {
  name: 'tgw_attachment',
  what: 'a transit gateway that carries internet traffic is attached in every zone of the private subnets',
  actions: [...readsClassification, reads.transitGateways],
  rule: 'Fails when the VPC has no available attachment to it, or the attachment no subnet in a zone. Says nothing when no default route leads to a transit gateway.',
  remedy:
    'aws ec2 create-transit-gateway-vpc-attachment, or modify-transit-gateway-vpc-attachment --add-subnet-ids',
  run: async ({ classified, transitGatewayAttachments, vpcSubnets, isShared }) => {
    const reading = Promise.all([classified(), transitGatewayAttachments(), vpcSubnets(), isShared()]);
    const [subnets, attachments, all, shared] = await reading;
    return [...usedGateways(subnets.private)].map(([id, users]) => {
      const attachment = attachmentTo(attachments, id);
      if (!attachment && shared) {
        const message = `${id}: not checked, since a shared VPC's attachments are shown to its owner alone`;
        return warning(message, { resourceId: id, details: { reason_code: 'value_absent' } });
      }
      return judge(id, attachment, zonesOf(users), zonesAttached(attachment, all));
    });
  },
};
