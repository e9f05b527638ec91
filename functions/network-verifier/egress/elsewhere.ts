import type { Route } from '@aws-sdk/client-ec2';
import { leadsElsewhere, type TargetKind, targetOf } from '../routing.ts';
import { addZone, attach, attachmentTo, zonesAttached } from '../transit-gateways.ts';
import type { Segment } from './borders.ts';
import type { Surroundings } from './surroundings.ts';
import { at, type Hop } from './way.ts';

/**
 * Targets that carry no IPv4 traffic of nodes to the internet, and why: a peering has no gateway of the other VPC
 * (https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html#vpc-peering-limitations), and a carrier
 * gateway serves addresses that nodes do not have
 * (https://docs.aws.amazon.com/vpc/latest/userguide/Carrier_Gateway.html).
 */
const deadEnds = new Map<TargetKind, string>([
  ['vpc-peering', 'is a VPC peering, which carries nothing to the internet'],
  ['egress-only-gateway', 'is an egress-only internet gateway, which is for IPv6'],
  ['carrier-gateway', 'is a carrier gateway, and nodes get no carrier address'],
  ['local', 'is the VPC itself'],
]);

const hopKinds: Partial<Record<TargetKind, Hop['kind']>> = {
  'transit-gateway': 'transit-gateway',
  'vpc-endpoint': 'vpc-endpoint',
  'internet-gateway': 'internet-gateway',
};

/** The VPC's attachment to a transit gateway, unless nothing is wrong with it. @param from where traffic comes from */
function attachment(world: Surroundings, id: string, from: Segment | undefined): Hop[] {
  const { attachments, subnets, shared, vpcId } = world;
  const found = attachmentTo(attachments, id);
  if (!found && shared) {
    return [
      at('out', 'transit-gateway', id).hidden('is attached by the owner of this shared VPC, if at all'),
    ];
  }
  const attachmentId = found?.TransitGatewayAttachmentId ?? id;
  const here = at('out', 'transit-gateway', attachmentId);
  if (!found) return [here.blocked(`is not attached to ${vpcId}`, `Run: ${attach(id)}`)];
  if (found.State !== 'available') {
    const state = found.State ?? 'in no known state';
    return [here.blocked(`is ${state}, as the attachment to ${id}`, 'Have it accepted, or make it again')];
  }
  const zone = from?.subnet.AvailabilityZone;
  if (!zone || zonesAttached(found, subnets).includes(zone)) return [];
  return [
    here.blocked(
      `has no subnet in ${zone}, so that traffic from there is dropped`,
      `Run: ${addZone(attachmentId)}`,
    ),
  ];
}

/**
 * What becomes of internet traffic at a target other than a NAT gateway: it is lost there, or leaves what the account
 * can see.
 * @param from the subnet it comes from, when it comes from one
 */
export function* beyond(
  world: Surroundings,
  from: Segment | undefined,
  route: Route,
  tableId: string,
): Iterable<Hop> {
  const { kind, id } = targetOf(route);
  const here = at('out', hopKinds[kind] ?? 'other-target', id);
  const deadEnd = deadEnds.get(kind);
  const remedy = `Route to a NAT gateway: aws ec2 replace-route --route-table-id ${tableId} --destination-cidr-block ${route.DestinationCidrBlock} --nat-gateway-id <nat>`;
  if (deadEnd) {
    yield here.blocked(deadEnd, remedy);
  } else if (kind === 'internet-gateway') {
    const isAttached = world.internetGateways.has(id);
    const why = isAttached
      ? 'drops what nodes send, which have no public address'
      : 'is not attached to the VPC';
    yield here.blocked(why, remedy);
  } else {
    if (kind === 'transit-gateway') yield* attachment(world, id, from);
    yield here.unknown(
      `is ${leadsElsewhere.get(kind)}, beyond which nothing can be seen from here`,
      `Make sure that ${id} leads on to the internet`,
    );
  }
}
