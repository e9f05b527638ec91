import type { IpPermission } from '@aws-sdk/client-ec2';
import { type Cidr, parseCidr } from './cidr.ts';
import {
  addressesOf,
  anyPort,
  type Block,
  blocksOf,
  type Flow,
  protocols,
  type Range,
  subtract,
} from './traffic.ts';

/** What is known about the peers of a flow and about what rules refer to. */
export interface RuleContext {
  /** The ranges of prefix lists by id; a list that is not here allows nothing and is reported. */
  prefixLists: ReadonlyMap<string, Cidr[]>;
  /** Groups that all of the flow's peers are members of. */
  peerGroups: readonly string[];
}

/** How far the rules of security groups let a flow through. */
export interface Coverage {
  /** Parts of the flow that no rule allows; none when all of it is. */
  uncovered: Block[];
  /** Groups whose members the rules allow on some of the flow's ports: peers that join one are let through. */
  allowedGroups: string[];
  /** Prefix lists of the rules whose ranges are not known. */
  unknownLists: string[];
}

const numbers = new Map(Object.entries(protocols).map(([name, number]) => [name, number as number]));

const protocolOf = ({ IpProtocol = '' }: IpPermission): number =>
  numbers.get(IpProtocol) ?? Number(IpProtocol);

/** Whether a rule names a range of ports (or ICMP types); -1 stands for all, as does none at all. */
const namesPorts = ({ IpProtocol, FromPort, ToPort }: IpPermission): boolean =>
  IpProtocol !== '-1' && FromPort !== undefined && ToPort !== undefined && FromPort !== -1;

function portsOf(rule: IpPermission): Range {
  if (!namesPorts(rule)) return anyPort;
  const { FromPort = anyPort.first, ToPort = anyPort.last } = rule;
  // An ICMP rule keeps its type in the one and its code in the other: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html
  return { first: FromPort, last: protocolOf(rule) === protocols.icmp ? FromPort : ToPort };
}

const matches = (rule: IpPermission, { protocol, ports }: Flow): boolean => {
  const { first, last } = portsOf(rule);
  return (
    (rule.IpProtocol === '-1' || protocolOf(rule) === protocol) && first <= ports.last && ports.first <= last
  );
};

const everyone: Range = { first: 0, last: 0xffffffff };

/** The addresses a rule allows. */
function peersOf(rule: IpPermission, { prefixLists, peerGroups }: RuleContext): Range[] {
  if (rule.UserIdGroupPairs?.some(({ GroupId = '' }) => peerGroups.includes(GroupId))) return [everyone];
  const ranges = (rule.IpRanges ?? []).flatMap(({ CidrIp }) => (CidrIp ? parseCidr(CidrIp) : []));
  const listed = (rule.PrefixListIds ?? []).flatMap(
    ({ PrefixListId = '' }) => prefixLists.get(PrefixListId) ?? [],
  );
  return [...ranges, ...listed].map(addressesOf);
}

const distinct = (values: (string | undefined)[]): string[] => [
  ...new Set(values.filter((value) => value !== undefined)),
];

/**
 * What the rules of one direction allow of a flow. Rules only allow, and those of all groups of an interface add
 * up; answers need no rule. https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
 * @param rules `IpPermissions` (inbound) or `IpPermissionsEgress` (outbound) of all groups of the interface
 */
export function groupCoverage(rules: IpPermission[], flow: Flow, context: RuleContext): Coverage {
  const relevant = rules.filter((rule) => matches(rule, flow));
  const allowed = relevant.flatMap((rule) =>
    peersOf(rule, context).map((peers): Block => ({ ports: portsOf(rule), peers })),
  );
  const uncovered = allowed.reduce(
    (left, block) => left.flatMap((rest) => subtract(rest, block)),
    blocksOf(flow),
  );
  const lists = relevant.flatMap(({ PrefixListIds = [] }) =>
    PrefixListIds.map(({ PrefixListId }) => PrefixListId),
  );
  return {
    uncovered,
    allowedGroups: distinct(
      relevant.flatMap(({ UserIdGroupPairs = [] }) => UserIdGroupPairs.map(({ GroupId }) => GroupId)),
    ),
    unknownLists: distinct(lists).filter((id) => !context.prefixLists.has(id)),
  };
}
