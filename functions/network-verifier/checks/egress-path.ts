import type { EgressHop, EgressPath } from '../../../schemas/generated/network-verifier-result.js';
import { type Finding, failed, passed, warning } from '../../../shared/checks/check.ts';
import { conclude } from '../cluster-subnets.ts';
import { tableOf } from '../egress/borders.ts';
import { egressPaths, type GroupWay } from '../egress/egress-paths.ts';
import {
  type RequiredEndpoint,
  type RequiredEndpoints,
  requiredEndpoints,
} from '../egress/endpoint-groups.ts';
import { standIn } from '../egress/stand-in.ts';
import { type Surroundings, surroundings } from '../egress/surroundings.ts';
import { decisiveHop, type Hop } from '../egress/way.ts';
import type { NetworkCheck } from '../network-facts.ts';
import { reads, readsClassification } from '../read-actions.ts';

const asTold = ({ direction, kind, resource_id, verdict, note }: Hop): EgressHop => ({
  direction,
  kind,
  resource_id,
  verdict,
  note,
});

/** A way as the result has it. */
function detailsOf({ platform, version }: RequiredEndpoints, way: GroupWay): EgressPath {
  const reason = decisiveHop(way)?.reason;
  return {
    subnet_id: way.subnetId,
    endpoint_group: way.group.name,
    platform,
    endpoints_version: version,
    hosts: way.endpoints.map(({ host }) => host),
    verdict: way.verdict,
    hops: way.hops.map(asTold),
    ...(reason && { reason_code: reason }),
  };
}

/** `quay.io and 9 more (container images)` */
const goalOf = ([first, ...more]: RequiredEndpoint[], { group }: GroupWay): string =>
  `${first?.host}${more.length > 0 ? ` and ${more.length} more` : ''} (${group.purpose})`;

/** What to do: without egress, an endpoint is to stand in for what the internet is no way to. */
function remedyOf(world: Surroundings, { endpoints, isInternet, subnetId }: GroupWay, hop: Hop): string {
  const { verdict, remedy } = hop;
  if (!world.zeroEgress || !isInternet || verdict !== 'blocked') return remedy ? `. ${remedy}` : '';
  const tableId = tableOf(world, subnetId)?.RouteTableId ?? '<table>';
  const services = endpoints.flatMap(({ regionalService }) => regionalService ?? []);
  const remedies = services.map((service) => standIn(world, service, tableId));
  return `, and no endpoint of the VPC stands in. ${[...new Set(remedies)].join('. ')}`;
}

function findingOf(world: Surroundings, required: RequiredEndpoints, way: GroupWay): Finding {
  const hop = decisiveHop(way);
  const details = { ...detailsOf(required, way) };
  if (!hop) {
    const all = goalOf(way.group.endpoints, way);
    return passed(`Nothing that is visible here is in the way from ${way.subnetId} to ${all} and back`, {
      resourceId: way.subnetId,
      details,
    });
  }
  const goal = goalOf(way.endpoints, way);
  const where = `${hop.direction === 'back' ? 'on the way back, ' : ''}${hop.resource_id} ${hop.note}`;
  const rest = { resourceId: hop.resource_id, details };
  const remedy = remedyOf(world, way, hop);
  return way.verdict === 'blocked'
    ? failed(`Nodes in ${way.subnetId} cannot reach ${goal}: ${where}${remedy}`, rest)
    : warning(`Whether nodes in ${way.subnetId} reach ${goal} cannot be told: ${where}${remedy}`, rest);
}

/** The way from every private subnet to every group of endpoints that nodes need, hop by hop and back. */
export const egressPath: NetworkCheck = {
  name: 'egress_path',
  what: 'no hop that is visible from here blocks the way from a private subnet to a group of endpoints that nodes need, or the way back',
  actions: [
    ...readsClassification,
    reads.vpcAttribute,
    reads.networkAcls,
    reads.natGateways,
    reads.transitGateways,
    reads.endpoints,
    reads.securityGroups,
    reads.prefixLists,
  ],
  rule: 'One finding for each private subnet and group of endpoints, with every hop. Fails when a security group, network ACL, route, NAT gateway, attachment, endpoint or internet gateway stops the traffic, and names it. Warns when the way leads beyond what the account shows, or an ACL drops a part that may not matter.',
  remedy: 'Open the hop that the finding names; the finding has the command',
  run: async (facts) => {
    const [subnets, world] = await Promise.all([facts.classified(), surroundings(facts)]);
    const required = requiredEndpoints(facts.region, world.zeroEgress);
    const own = subnets.private.map(({ subnet }) => subnet);
    const findings = egressPaths(world, own, required.groups).map((way) => findingOf(world, required, way));
    return conclude(
      findings,
      'None of the subnets is private, so nodes have no way to judge',
      subnets.unrouted,
    );
  },
};
