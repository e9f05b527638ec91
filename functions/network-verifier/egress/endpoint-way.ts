import type { VpcEndpoint } from '@aws-sdk/client-ec2';
import { formatCidr } from '../../../shared/network/cidr.ts';
import { type Coverage, groupCoverage } from '../../../shared/network/security-group.ts';
import { addressesOf } from '../../../shared/network/traffic.ts';
import { addTable, allowHttps, deleteEndpoint, inboundOf, stateOf } from '../endpoints.ts';
import { answers, everyAddressOf, https, type Peers, someAddressOf, theInternet } from '../flows.ts';
import { isActive, targetOf } from '../routing.ts';
import { border, routeWithin, type Segment, segmentOf, tableOf, theNodes } from './borders.ts';
import type { Surroundings } from './surroundings.ts';
import { at, follow, type Hop, type Way, worstOf } from './way.ts';

/** States that pass: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpcEndpoint.html */
const passing = ['pending', 'deleting'];

function working(endpoint: VpcEndpoint): Hop {
  const { VpcEndpointId: id, ServiceName: service } = endpoint;
  const here = at('out', 'vpc-endpoint', id);
  const state = stateOf(endpoint);
  if (state === 'available') return here.open(`is available and leads to ${service}`);
  if (passing.includes(state)) {
    return here.unknown(`is ${state}`, 'Run this again when that is over', 'value_absent');
  }
  const again = `Have it accepted, or make it again after: ${deleteEndpoint(id)}`;
  return here.blocked(`is ${state}, and nodes are sent to it for ${service}`, again);
}

/** Whether the security groups of an endpoint let nodes in. They keep state, so answers pass. */
function groups(world: Surroundings, endpoint: VpcEndpoint, nodes: Segment): Hop {
  const { ids, rules } = inboundOf(endpoint, world.securityGroups);
  const [first = endpoint.VpcEndpointId] = ids;
  const here = at('out', 'security-group', first);
  if (!rules) return here.hidden(`is of ${endpoint.VpcEndpointId}, whose groups AWS does not all show`);
  const { essential } = https('inbound', everyAddressOf(nodes.cidr));
  const context = { prefixLists: world.prefixLists, peerGroups: world.nodeGroups };
  const { uncovered, allowedGroups, unknownLists }: Coverage = groupCoverage(rules, essential, context);
  const of = `as a security group of ${endpoint.VpcEndpointId}`;
  if (uncovered.length === 0) return here.open(`lets HTTPS in from ${nodes.cidr}, ${of}`);
  const remedy = `Run: ${allowHttps(first, nodes.cidr)}`;
  const maybe = [...allowedGroups, ...unknownLists];
  if (maybe.length === 0) return here.blocked(`does not let HTTPS in from ${nodes.cidr}, ${of}`, remedy);
  return here.unknown(
    `lets HTTPS in from ${maybe.join(', ')} and not from all of ${nodes.cidr}, ${of}`,
    remedy,
  );
}

/**
 * To the network interface an endpoint has in one of its subnets, and back.
 * https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html
 */
function* toInterface(
  world: Surroundings,
  nodes: Segment,
  endpoint: VpcEndpoint,
  subnetId: string,
): Iterable<Hop> {
  const own = segmentOf(world, subnetId);
  yield* theNodes(nodes);
  if (!own) {
    yield at('out', 'subnet', subnetId).hidden(`has ${endpoint.VpcEndpointId}, and AWS does not show it`);
    return;
  }
  const crosses = own.id !== nodes.id;
  if (crosses) {
    yield border(world, 'out', nodes, https('outbound', someAddressOf(own.cidr)));
    yield routeWithin(world, 'out', nodes, own);
  }
  yield working(endpoint);
  if (crosses) yield border(world, 'out', own, https('inbound', everyAddressOf(nodes.cidr)));
  yield groups(world, endpoint, nodes);
  if (!crosses) return;
  yield border(world, 'back', own, answers('outbound', everyAddressOf(nodes.cidr)));
  yield routeWithin(world, 'back', own, nodes);
  yield border(world, 'back', nodes, answers('inbound', someAddressOf(own.cidr)));
}

/** The way through an interface endpoint: the worst, since its name stands for its address in each of its subnets. */
export function interfaceWay(world: Surroundings, nodes: Segment, endpoint: VpcEndpoint): Way {
  const { VpcEndpointId: id, SubnetIds: subnetIds = [] } = endpoint;
  if (subnetIds.length > 0) {
    return worstOf(subnetIds.map((subnetId) => follow(toInterface(world, nodes, endpoint, subnetId))));
  }
  const add = `Run: aws ec2 modify-vpc-endpoint --vpc-endpoint-id ${id} --add-subnet-ids <subnet>`;
  return follow([...theNodes(nodes), at('out', 'vpc-endpoint', id).blocked('is in no subnet', add)]);
}

/**
 * S3 as ACLs see it: by its public addresses. Without its list, nobody knows which part of the internet that is.
 * https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html
 */
function s3Peers(world: Surroundings, listId: string | undefined): Peers {
  const ranges = world.prefixLists.get(listId ?? '') ?? [];
  if (ranges.length === 0) return { ...theInternet, name: 'S3', tolerance: 1 };
  const cidr = ranges.map(formatCidr).join(' or ');
  return { ...theInternet, name: 'S3', cidr, ranges: ranges.map(addressesOf) };
}

/** Through a gateway endpoint for S3, which is a route of the nodes' table, and back. */
function* toGateway(world: Surroundings, nodes: Segment, endpoint: VpcEndpoint): Iterable<Hop> {
  const { VpcEndpointId: id } = endpoint;
  const table = tableOf(world, nodes.id);
  const route = table?.Routes?.find((one) => targetOf(one).id === id);
  const here = at('out', 'route', table?.RouteTableId);
  const peers = s3Peers(world, route?.DestinationPrefixListId);
  yield* theNodes(nodes);
  yield border(world, 'out', nodes, https('outbound', peers));
  if (route && !isActive(route)) {
    const again = `Run: ${addTable(endpoint, table?.RouteTableId)}`;
    yield here.blocked(`sends S3's traffic to ${id}, which is gone (${route.State})`, again);
  }
  yield here.open(`sends S3's traffic to ${id}`);
  yield working(endpoint);
  yield border(world, 'back', nodes, answers('inbound', peers));
}

export const gatewayWay = (world: Surroundings, nodes: Segment, endpoint: VpcEndpoint): Way =>
  follow(toGateway(world, nodes, endpoint));
