import type { NetworkAcl } from '@aws-sdk/client-ec2';
import { type Finding, failed, passed, warning } from '../../shared/checks/check.ts';
import { parseCidr } from '../../shared/network/cidr.ts';
import { type DeniedBlock, type Direction, deniedByAcl } from '../../shared/network/network-acl.ts';
import { addressesOf, type Block, blocksOf, type Flow, type Range } from '../../shared/network/traffic.ts';
import { vpcRanges } from './cluster-needs.ts';
import type { ClassifiedSubnet, SubnetKind } from './cluster-subnets.ts';
import type { NetworkFacts } from './network-facts.ts';
import { unroutedWarnings } from './unrouted.ts';

/** A network ACL and those of the request's subnets whose border it guards. */
export interface SubnetAcl {
  acl: NetworkAcl;
  subnets: ClassifiedSubnet[];
}

const withoutAcl = (resourceId: string): Finding =>
  warning(`${resourceId}: not checked, since AWS shows no network ACL for it, or no rules of that`, {
    resourceId,
    details: { reason_code: 'value_absent' },
  });

/**
 * The ACLs of the subnets of a kind, each once. Every subnet has one, by an association that names it.
 * https://docs.aws.amazon.com/vpc/latest/userguide/nacl-basics.html
 */
export async function aclsOf({ classified, networkAcls }: NetworkFacts, kind: SubnetKind) {
  const [subnets, all] = await Promise.all([classified(), networkAcls()]);
  const found: SubnetAcl[] = [];
  const unseen = unroutedWarnings(subnets.unrouted);
  for (const subnet of subnets[kind]) {
    const acl = all.find(({ Associations = [] }) =>
      Associations.some(({ SubnetId }) => SubnetId === subnet.subnetId),
    );
    const known = found.find((one) => one.acl === acl);
    if (!acl?.Entries) unseen.push(withoutAcl(subnet.subnetId));
    else if (known) known.subnets.push(subnet);
    else found.push({ acl, subnets: [subnet] });
  }
  return { found, unseen, subnets: subnets[kind] };
}

/** The addresses of the VPC. */
export const vpcAddresses = async ({ vpc }: NetworkFacts): Promise<Range[]> =>
  vpcRanges(await vpc()).map(({ cidr }) => addressesOf(parseCidr(cidr)));

export const rulesOf = (denied: DeniedBlock[]): number[] =>
  [...new Set(denied.map(({ rule }) => rule))].sort((a, b) => a - b);

const size = ({ first, last }: Range): number => last - first + 1;
const area = (blocks: Block[]): number =>
  blocks.reduce((sum, { ports, peers }) => sum + size(ports) * size(peers), 0);

/** How much of a flow is dropped: a share from 0 to 1. */
export const shareOf = (denied: DeniedBlock[], flow: Flow): number => area(denied) / area(blocksOf(flow));

/** Traffic that an ACL should let through. */
export interface Question {
  direction: Direction;
  /** What the cluster needs at the least. */
  essential: Flow;
  /** What is better open as a whole. */
  desired: Flow;
  /** How much of the essential traffic can be dropped before the cluster fails: a share from 0 to 1. */
  tolerance: number;
  /** What it is, for messages: `HTTPS to the internet`. */
  what: string;
}

/** Whether an ACL lets traffic through: fails when it drops too much of it, warns when it drops some. */
export function judgeAcl({ acl, subnets }: SubnetAcl, question: Question): Finding {
  const { direction, essential, desired, tolerance, what } = question;
  const { NetworkAclId: resourceId, Entries = [] } = acl;
  const lost = deniedByAcl(Entries, direction, essential);
  const rules = rulesOf([...lost, ...deniedByAcl(Entries, direction, desired)]);
  const ids = subnets.map(({ subnetId }) => subnetId);
  const rest = { resourceId, details: { subnet_ids: ids, denied_by_rules: rules } };
  const border = `${resourceId}, the network ACL of ${ids.join(', ')},`;
  if (rules.length === 0) return passed(`${border} lets ${what} through`, rest);
  const remedy = `aws ec2 create-network-acl-entry --network-acl-id ${resourceId} --${direction === 'outbound' ? 'egress' : 'ingress'} --rule-action allow with a rule number below ${rules[0]}`;
  const dropped = shareOf(lost, essential);
  if (dropped > tolerance || dropped === 1) {
    return failed(`${border} drops ${what} by rule ${rulesOf(lost).join(', ')}. Run: ${remedy}`, rest);
  }
  const part = `${border} drops a part of ${what} by rule ${rules.join(', ')}`;
  return warning(`${part}. Make sure that the cluster needs none of it, or run: ${remedy}`, rest);
}
