import type { NatGateway, Route } from '@aws-sdk/client-ec2';
import { excludeFromBlock } from '../block-public-access.ts';
import { answers, ephemeralPorts, everyAddressOf, https, theInternet } from '../flows.ts';
import { internetRoutes, isActive, targetOf } from '../routing.ts';
import { border, routeWithin, type Segment, segmentOf, tableOf } from './borders.ts';
import { beyond } from './elsewhere.ts';
import type { Surroundings } from './surroundings.ts';
import { at, follow, type Hop, worstOf } from './way.ts';

const publicNat = 'Make a NAT gateway in a public subnet and route to that one';

/**
 * The internet gateway as a NAT gateway's way out. A subnet may be exempt from what the account blocks for the VPC.
 * https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html
 * @param from the NAT gateway's subnet, when it is in one
 */
function internetGateway(world: Surroundings, id: string, from: Segment | undefined): Hop {
  const { vpcId, vpc, internetGateways } = world;
  const here = at('out', 'internet-gateway', id);
  if (!internetGateways.has(id)) {
    return here.blocked(
      `is not attached to ${vpcId}`,
      `Run: aws ec2 attach-internet-gateway --internet-gateway-id ${id} --vpc-id ${vpcId}`,
    );
  }
  const states = from?.subnet.BlockPublicAccessStates ?? vpc.BlockPublicAccessStates;
  const mode = states?.InternetGatewayBlockMode;
  const place = from?.id ?? vpcId;
  if (mode === undefined) return here.hidden(`may be closed to ${place}: AWS tells no Block Public Access`);
  if (mode === 'block-bidirectional') {
    return here.blocked(
      `is closed to ${place} by the account's Block Public Access (${mode})`,
      `Run: ${excludeFromBlock(place, 'allow-egress')}`,
    );
  }
  return here.open(`is attached to ${vpcId} and open to NAT gateways`);
}

/** Where one of the routes of a NAT gateway's own subnet leads. */
function* onwardBy(
  world: Surroundings,
  { NatGatewayId: natId = '', ConnectivityType }: NatGateway,
  from: Segment | undefined,
  tableId: string,
  route: Route | undefined,
): Iterable<Hop> {
  const here = at('out', 'route', tableId);
  if (!route) {
    const create = `aws ec2 create-route --route-table-id ${tableId} --destination-cidr-block 0.0.0.0/0 --gateway-id <igw>`;
    yield here.blocked(`has no route to all of the internet, which ${natId} needs`, `Run: ${create}`);
    return;
  }
  const { kind, id } = targetOf(route);
  if (!isActive(route)) {
    yield here.blocked(`sends what leaves ${natId} to ${id}, which is gone (${route.State})`, publicNat);
  } else if (kind === 'nat-gateway') {
    yield here.blocked(`sends what leaves ${natId} to a NAT gateway again (${id})`, publicNat);
  } else if (kind !== 'internet-gateway') {
    yield here.open(`sends what leaves ${natId} to ${id}`);
    yield* beyond(world, from, route, tableId);
  } else if (ConnectivityType === 'private') {
    yield at('out', 'nat-gateway', natId).blocked(
      `is private: it has no address on the internet, and ${id} drops what it sends`,
      'Make a NAT gateway with --connectivity-type public and route to that one',
    );
  } else {
    yield here.open(`sends what leaves ${natId} to ${id}`);
    yield internetGateway(world, id, from);
  }
}

/** The way out of a NAT gateway by a table, the worst where it has several routes. */
const onward = (
  world: Surroundings,
  gateway: NatGateway,
  from: Segment | undefined,
  table: NonNullable<ReturnType<typeof tableOf>>,
): Hop[] =>
  worstOf(
    internetRoutes(table).map((route) =>
      follow(onwardBy(world, gateway, from, table.RouteTableId ?? '', route)),
    ),
  ).hops;

/** Whether a NAT gateway works: https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html */
function working(world: Surroundings, id: string, gateway: NatGateway | undefined): Hop {
  const here = at('out', 'nat-gateway', id);
  const { State: state, ConnectivityType: type } = gateway ?? {};
  if (!gateway && world.shared) return here.hidden('is shown to the owner of this shared VPC alone');
  if (state === 'pending') {
    return here.unknown('is still pending', 'Run this again when it is available', 'value_absent');
  }
  if (state !== 'available') {
    return here.blocked(`is ${gateway ? (state ?? 'in no known state') : 'not in this VPC'}`, publicNat);
  }
  if (type === undefined) return here.hidden('may be private: AWS tells no connectivity type');
  return here.open(`is available and ${type}`);
}

/**
 * A regional NAT gateway is in no subnet, and so behind no ACL but that of the nodes; its table is made with it.
 * https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html
 */
function regional(world: Surroundings, gateway: NatGateway): Hop[] {
  const table = world.tables.find(({ RouteTableId }) => RouteTableId === gateway.RouteTableId);
  if (gateway.RouteTableId && table) return onward(world, gateway, undefined, table);
  const [attached] = world.internetGateways;
  if (attached) return [internetGateway(world, attached, undefined)];
  return [
    at('out', 'internet-gateway', world.vpcId).blocked(
      'has no internet gateway',
      `Run: aws ec2 attach-internet-gateway --internet-gateway-id <igw> --vpc-id ${world.vpcId}`,
    ),
  ];
}

/** Through a NAT gateway to the internet, and back to the border of the nodes' subnet. */
export function* throughNat(world: Surroundings, nodes: Segment, id: string): Iterable<Hop> {
  const gateway = world.natGateways.find(({ NatGatewayId }) => NatGatewayId === id);
  yield working(world, id, gateway);
  if (!gateway) return;
  if (gateway.AvailabilityMode === 'regional') {
    yield* regional(world, gateway);
    return;
  }
  const own = segmentOf(world, gateway.SubnetId);
  const table = own && tableOf(world, own.id);
  if (!own || !table) {
    yield at('out', 'subnet', gateway.SubnetId).hidden(`is where ${id} is, and AWS does not show its routes`);
    return;
  }
  const crosses = own.id !== nodes.id;
  if (crosses) yield border(world, 'out', own, https('inbound', everyAddressOf(nodes.cidr)));
  yield border(world, 'out', own, https('outbound', theInternet));
  yield* onward(world, gateway, own, table);
  // A NAT gateway takes any of these ports: https://docs.aws.amazon.com/vpc/latest/userguide/nacl-ephemeral-ports.html
  yield border(world, 'back', own, answers('inbound', theInternet, ephemeralPorts));
  if (!crosses) return;
  yield routeWithin(world, 'back', own, nodes);
  yield border(world, 'back', own, answers('outbound', everyAddressOf(nodes.cidr)));
}
