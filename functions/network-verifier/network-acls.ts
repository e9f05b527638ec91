import type { NetworkAcl, NetworkAclEntry } from '@aws-sdk/client-ec2';
import { type Finding, failed, passed, warning } from '../../shared/checks/check.ts';
import { type DeniedBlock, type Direction, deniedByAcl } from '../../shared/network/network-acl.ts';
import { type Block, blocksOf, type Flow, type Range } from '../../shared/network/traffic.ts';
import type { ClassifiedSubnet, SubnetKind } from './cluster-subnets.ts';
import type { Peers } from './flows.ts';
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
 * The network ACL of a subnet, unless AWS shows none. Every subnet has one, by an association that names it.
 * https://docs.aws.amazon.com/vpc/latest/userguide/nacl-basics.html
 */
export const aclOf = (acls: NetworkAcl[], subnetId: string): NetworkAcl | undefined =>
  acls.find(({ Associations = [] }) => Associations.some(({ SubnetId }) => SubnetId === subnetId));

/** The ACLs of the subnets of a kind, each once. */
export async function aclsOf({ classified, networkAcls }: NetworkFacts, kind: SubnetKind) {
  const [subnets, all] = await Promise.all([classified(), networkAcls()]);
  const found: SubnetAcl[] = [];
  const unseen = unroutedWarnings(subnets.unrouted);
  for (const subnet of subnets[kind]) {
    const acl = aclOf(all, subnet.subnetId);
    const known = found.find((one) => one.acl === acl);
    if (!acl?.Entries) unseen.push(withoutAcl(subnet.subnetId));
    else if (known) known.subnets.push(subnet);
    else found.push({ acl, subnets: [subnet] });
  }
  return { found, unseen, subnets: subnets[kind] };
}

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
  peers: Peers;
  /** What it is, for messages: `HTTPS to the internet`. */
  what: string;
}

/** What an ACL drops of a question's traffic. */
export interface Drops {
  /** fatal: more than the cluster can do without. part: some of what it wants. */
  amount: 'none' | 'part' | 'fatal';
  /** Numbers of the rules that drop any of it, ascending. */
  rules: number[];
  /** Those that drop essential traffic. */
  fatalRules: number[];
}

/** @param entries all rules of the ACL */
export function dropsOf(entries: NetworkAclEntry[], question: Question): Drops {
  const { direction, essential, desired, peers } = question;
  const lost = deniedByAcl(entries, direction, essential);
  const rules = rulesOf([...lost, ...deniedByAcl(entries, direction, desired)]);
  const dropped = shareOf(lost, essential);
  const isFatal = dropped > peers.tolerance || dropped === 1;
  const amount = rules.length === 0 ? 'none' : isFatal ? 'fatal' : 'part';
  return { amount, rules, fatalRules: rulesOf(lost) };
}

/** The command that lets a question's traffic through before a rule drops it. */
export function allowCommand(aclId: string, { direction, desired, peers }: Question, before: number): string {
  const { first, last } = desired.ports;
  return `aws ec2 create-network-acl-entry --network-acl-id ${aclId} --${direction === 'outbound' ? 'egress' : 'ingress'} --rule-number <below ${before}> --protocol tcp --port-range From=${first},To=${last} --cidr-block ${peers.cidr} --rule-action allow`;
}

/** Whether an ACL lets traffic through: fails when it drops too much of it, warns when it drops some. */
export function judgeAcl({ acl, subnets }: SubnetAcl, question: Question): Finding {
  const { NetworkAclId: resourceId = '', Entries = [] } = acl;
  const { amount, rules, fatalRules } = dropsOf(Entries, question);
  const ids = subnets.map(({ subnetId }) => subnetId);
  const rest = { resourceId, details: { subnet_ids: ids, denied_by_rules: rules } };
  const border = `${resourceId}, the network ACL of ${ids.join(', ')},`;
  const [before] = rules;
  if (before === undefined) return passed(`${border} lets ${question.what} through`, rest);
  const remedy = allowCommand(resourceId, question, before);
  if (amount === 'fatal') {
    return failed(`${border} drops ${question.what} by rule ${fatalRules.join(', ')}. Run: ${remedy}`, rest);
  }
  const part = `${border} drops a part of ${question.what} by rule ${rules.join(', ')}`;
  return warning(`${part}. Make sure that the cluster needs none of it, or run: ${remedy}`, rest);
}
