import type { NetworkAclEntry } from '@aws-sdk/client-ec2';
import { parseCidr } from './cidr.ts';
import {
  addressesOf,
  anyPort,
  type Block,
  blocksOf,
  type Flow,
  intersect,
  protocols,
  subtract,
} from './traffic.ts';

/** Which way traffic crosses the border of a subnet. */
export type Direction = 'inbound' | 'outbound';

/** Traffic that a network ACL drops, and the number of the rule that does. */
export interface DeniedBlock extends Block {
  rule: number;
}

/**
 * The rule `*` that every ACL ends with and that denies what no other rule matched; the API gives it this number.
 * https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html
 */
export const finalRule = 32767;

const numberOf = ({ RuleNumber = finalRule }: NetworkAclEntry): number => RuleNumber;

/** The ports or, for ICMP, types of a rule; -1 stands for all types. */
function portsOf({ PortRange, IcmpTypeCode }: NetworkAclEntry, protocol: number) {
  if (protocol === protocols.icmp) {
    const type = IcmpTypeCode?.Type ?? -1;
    return type === -1 ? anyPort : { first: type, last: type };
  }
  return { first: PortRange?.From ?? anyPort.first, last: PortRange?.To ?? anyPort.last };
}

/** What a rule matches of a protocol, or undefined when it matches none of its IPv4 traffic. */
function matchOf(entry: NetworkAclEntry, protocol: number): Block | undefined {
  const ofAll = entry.Protocol === '-1';
  if ((!ofAll && Number(entry.Protocol) !== protocol) || entry.CidrBlock === undefined) return undefined;
  const peers = addressesOf(parseCidr(entry.CidrBlock));
  // A rule for all protocols has all ports, whatever its port range says.
  return { ports: ofAll ? anyPort : portsOf(entry, protocol), peers };
}

/**
 * The parts of a flow that a network ACL drops; none when it lets all of it through. The first rule that matches
 * decides, by ascending number, for each port and address on its own; ACLs keep no state, so the answers to the
 * flow are a flow of their own. https://docs.aws.amazon.com/vpc/latest/userguide/nacl-basics.html
 * @param entries all rules of the ACL
 * @param direction as seen from the subnet
 */
export function deniedByAcl(entries: NetworkAclEntry[], direction: Direction, flow: Flow): DeniedBlock[] {
  const rules = entries
    .filter(({ Egress }) => Egress === (direction === 'outbound'))
    .toSorted((a, b) => numberOf(a) - numberOf(b));
  const denied: DeniedBlock[] = [];
  let undecided = blocksOf(flow);
  for (const rule of rules) {
    const match = matchOf(rule, flow.protocol);
    if (!match) continue;
    // Anything but a plain "allow" is taken for a denial.
    if (rule.RuleAction !== 'allow') {
      const matched = undecided.flatMap((block) => intersect(block, match) ?? []);
      denied.push(...matched.map((block) => ({ ...block, rule: numberOf(rule) })));
    }
    undecided = undecided.flatMap((block) => subtract(block, match));
  }
  return [...denied, ...undecided.map((block) => ({ ...block, rule: finalRule }))];
}
