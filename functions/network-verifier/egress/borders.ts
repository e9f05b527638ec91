import type { Subnet } from '@aws-sdk/client-ec2';
import { parseCidr } from '../../../shared/network/cidr.ts';
import { aclOf, allowCommand, dropsOf, type Question } from '../network-acls.ts';
import { effectiveRouteTable, isActive, routeTo, targetOf } from '../routing.ts';
import type { Surroundings } from './surroundings.ts';
import { at, type Hop } from './way.ts';

/** A subnet that traffic comes from or passes. */
export interface Segment {
  id: string;
  /** Its IPv4 range. */
  cidr: string;
  subnet: Subnet;
}

/** A subnet of the VPC by its id, unless AWS does not show it or an IPv4 range of it. */
export function segmentOf({ subnets }: Surroundings, id: string | undefined): Segment | undefined {
  const subnet = subnets.find(({ SubnetId }) => SubnetId !== undefined && SubnetId === id);
  return subnet?.SubnetId && subnet.CidrBlock
    ? { id: subnet.SubnetId, cidr: subnet.CidrBlock, subnet }
    : undefined;
}

/** The table that routes a subnet's traffic, unless AWS does not show it. */
export const tableOf = ({ tables }: Surroundings, subnetId: string) =>
  effectiveRouteTable(tables, subnetId)?.table;

/**
 * Traffic across the border of a subnet. ACLs keep no state, so answers are asked about on their own; what stays
 * within a subnet passes none. https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html
 */
export function border(
  { acls }: Surroundings,
  direction: Hop['direction'],
  { id }: Segment,
  question: Question,
): Hop {
  const { NetworkAclId: aclId = '', Entries: entries } = aclOf(acls, id) ?? {};
  if (!entries) return at(direction, 'network-acl', id).hidden('has no network ACL that AWS shows');
  const here = at(direction, 'network-acl', aclId);
  const { amount, rules, fatalRules } = dropsOf(entries, question);
  const [before] = rules;
  const of = `as the network ACL of ${id}`;
  if (before === undefined) return here.open(`lets ${question.what} through, ${of}`);
  const remedy = `Run: ${allowCommand(aclId, question, before)}`;
  if (amount === 'fatal') {
    return here.blocked(`drops ${question.what} by rule ${fatalRules.join(', ')}, ${of}`, remedy);
  }
  return here.unknown(
    `drops a part of ${question.what} by rule ${rules.join(', ')}, ${of}`,
    `Make sure that the cluster needs none of it, or run: ${allowCommand(aclId, question, before)}`,
  );
}

/**
 * From a subnet to another one of the VPC. A route to a part of the VPC may lead through an appliance.
 * https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html
 */
export function routeWithin(
  world: Surroundings,
  direction: Hop['direction'],
  from: Segment,
  to: Segment,
): Hop {
  const table = tableOf(world, from.id);
  if (!table) return at(direction, 'route', from.id).hidden('has no route table that AWS shows');
  const here = at(direction, 'route', table.RouteTableId);
  const route = routeTo(table, parseCidr(to.cidr).base);
  const { kind, id } = route ? targetOf(route) : { kind: 'unknown', id: 'nowhere' };
  if (!route || !isActive(route)) {
    return here.blocked(
      `sends traffic for ${to.id} to ${id}, where it is lost`,
      `Remove the route: aws ec2 delete-route --route-table-id ${table.RouteTableId} --destination-cidr-block ${route?.DestinationCidrBlock ?? to.cidr}`,
    );
  }
  if (kind === 'local') return here.open(`keeps traffic for ${to.id} in the VPC`);
  return here.unknown(
    `sends traffic for ${to.id} through ${id}, which cannot be looked into from here`,
    `Make sure that ${id} passes it on`,
  );
}

/**
 * Where nodes are, and their security groups. The group that is made with the cluster lets everything out, and
 * groups add up: https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
 */
export const theNodes = ({ id, cidr, subnet }: Segment): Hop[] => [
  at('out', 'subnet', id).open(
    `has the nodes, in ${cidr}${subnet.AvailabilityZone ? ` of ${subnet.AvailabilityZone}` : ''}`,
  ),
  at('out', 'security-group', 'worker-security-group').open(
    'is made with the cluster and lets everything out; additional groups only allow more',
  ),
];
