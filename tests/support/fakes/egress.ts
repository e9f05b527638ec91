import type { NetworkAclEntry } from '@aws-sdk/client-ec2';
import { egressPath } from '../../../functions/network-verifier/checks/egress-path.ts';
import type { CheckStatus } from '../../../schemas/generated/check.js';
import type { NetworkRequirements } from '../../../schemas/generated/network-verifier-request.js';
import type { EgressPath } from '../../../schemas/generated/network-verifier-result.js';
import { aclRule, type Network, privateSubnetId, verifyIn } from './network.ts';

/** What was found of one way. */
export interface FoundWay {
  status: CheckStatus;
  resourceId: string | undefined;
  message: string;
  details: EgressPath;
  /** Each hop as `<direction> <kind> <id>`. */
  hops: string[];
  /** The last hop in the same form. */
  end: string | undefined;
}

/** The ways from the private subnet, or those given, to all groups of endpoints. */
export async function waysIn(
  differences: Partial<Network>,
  requirements: NetworkRequirements = {},
  subnetIds = [privateSubnetId],
  place?: string,
): Promise<FoundWay[]> {
  const results = await verifyIn(egressPath, differences, requirements, subnetIds, place);
  return results.map(({ status, resourceId, message, details = {} }) => {
    const path = details as unknown as EgressPath;
    const hops = (path.hops ?? []).map((hop) => `${hop.direction} ${hop.kind} ${hop.resource_id}`);
    return { status, resourceId, message, details: path, hops, end: hops.at(-1) };
  });
}

/** The way to one group. */
export async function wayTo(
  group: string,
  differences: Partial<Network>,
  requirements: NetworkRequirements = {},
  place?: string,
): Promise<FoundWay> {
  const all = await waysIn(differences, requirements, undefined, place);
  const way = all.find(({ details }) => details.endpoint_group === group);
  if (!way) throw new Error(`nothing was found of ${group}: ${JSON.stringify(all)}`);
  return way;
}

/** The way to a group all of whose hosts are on the internet. */
export const wayOut = (differences: Partial<Network>, requirements: NetworkRequirements = {}) =>
  wayTo('updates', differences, requirements);

const tcp = (from: number, to: number, rest: NetworkAclEntry): NetworkAclEntry =>
  aclRule(90, 'deny', { Protocol: '6', PortRange: { From: from, To: to }, ...rest });

/** An ACL's rule 90 against TCP ports, as seen from its subnet; `rest` may narrow it. */
export const deny = {
  out: (from: number, to = from, rest: NetworkAclEntry = {}) => tcp(from, to, { Egress: true, ...rest }),
  in: (from: number, to = from, rest: NetworkAclEntry = {}) => tcp(from, to, rest),
};
