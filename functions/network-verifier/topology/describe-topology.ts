import type { NatGateway, RouteTable, Subnet, VpcEndpoint } from '@aws-sdk/client-ec2';
import type { NetworkTopology, TopologyGap } from '../../../schemas/generated/network-verifier-result.js';
import { deadlineIn } from '../../../shared/checks/deadline.ts';
import { notDetermined } from '../../../shared/checks/run-checks.ts';
import type { NetworkFacts } from '../network-facts.ts';
import { effectiveRouteTable, targetOf } from '../routing.ts';
import { endpointPart, natPart, subnetPart, tablePart, transitPart, vpcPart } from './parts.ts';

/** Reads parts, each of which may fail without harm to the others: it is then undefined, and in `gaps`. */
function reading(remainingMs: number) {
  const gaps: TopologyGap[] = [];
  const deadline = deadlineIn(remainingMs);
  const part = async <Value>(name: string, work: Promise<Value>): Promise<Value | undefined> => {
    try {
      return await deadline.inTime(work);
    } catch (error) {
      gaps.push({ part: name, message: notDetermined(error).message });
      return undefined;
    }
  };
  return { part, gaps, stop: deadline.stop };
}

/** All that is drawn; undefined stands for what could not be read. */
async function readAll(facts: NetworkFacts, remainingMs: number) {
  const { part, gaps, stop } = reading(remainingMs);
  const [vpc, subnets, tables, gateways, nats, attachments, endpoints, acls] = await Promise.all([
    part('vpc', facts.vpc()),
    part('subnets', facts.vpcSubnets()),
    part('route_tables', facts.routeTables()),
    part('internet_gateways', facts.internetGateways()),
    part('nat_gateways', facts.natGateways()),
    part('transit_gateways', facts.transitGatewayAttachments()),
    part('endpoints', facts.endpoints()),
    part('subnets.network_acl_id', facts.networkAcls()),
  ]);
  stop();
  return { vpc, subnets, tables, gateways, nats, attachments, endpoints, acls, gaps };
}

/** The request's subnets, and those that NAT gateways or endpoints are in. */
function subnetsIn(
  requested: string[],
  all: Subnet[],
  nats: NatGateway[],
  endpoints: VpcEndpoint[],
): Subnet[] {
  const wanted = [
    ...requested,
    ...nats.flatMap(({ SubnetId }) => SubnetId ?? []),
    ...endpoints.flatMap(({ SubnetIds = [] }) => SubnetIds),
  ];
  return all.filter(({ SubnetId = '' }) => wanted.includes(SubnetId));
}

/** The NAT gateways that are there, and those that are gone while routes still name them. */
function natsIn(nats: NatGateway[], tables: RouteTable[]): NatGateway[] {
  const routed = tables.flatMap(({ Routes = [] }) => Routes.map((route) => targetOf(route).id));
  return nats.filter(({ NatGatewayId = '', State }) => State !== 'deleted' || routed.includes(NatGatewayId));
}

const tablesOf = (subnets: Subnet[], tables: RouteTable[]): RouteTable[] => [
  ...new Set(subnets.flatMap(({ SubnetId = '' }) => effectiveRouteTable(tables, SubnetId)?.table ?? [])),
];

/**
 * Describes the parts of the VPC and how they are connected, from what the checks read. A part that cannot be read,
 * or not in time, is empty and in `not_determined`.
 * @param remainingMs milliseconds until the invocation is ended
 */
export async function describeTopology(facts: NetworkFacts, remainingMs: number): Promise<NetworkTopology> {
  const { vpc, tables, gateways, acls, gaps, ...read } = await readAll(facts, remainingMs);
  const nats = natsIn(read.nats ?? [], tables ?? []);
  const endpoints = (read.endpoints ?? []).filter(({ State }) => State?.toLowerCase() !== 'deleted');
  const subnets = subnetsIn(facts.subnetIds, read.subnets ?? [], nats, endpoints);
  const around = { requested: facts.subnetIds, tables, gateways, acls };
  return {
    vpc: vpc ? vpcPart(facts.vpcId, vpc) : { id: facts.vpcId, cidrs: [] },
    subnets: subnets.map((subnet) => subnetPart(subnet, around)),
    route_tables: tablesOf(subnets, tables ?? []).map(tablePart),
    internet_gateways: [...(gateways ?? [])].map((id) => ({ id })),
    nat_gateways: nats.map(natPart),
    transit_gateways: (read.attachments ?? []).filter(({ State }) => State !== 'deleted').map(transitPart),
    endpoints: endpoints.map(endpointPart),
    not_determined: gaps.toSorted((a, b) => a.part.localeCompare(b.part)),
  };
}
