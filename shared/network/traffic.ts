import { type Cidr, parseCidr } from './cidr.ts';

/** Whole numbers from `first` to `last`, both included: ports, or IPv4 addresses as unsigned 32-bit numbers. */
export interface Range {
  first: number;
  last: number;
}

/** A rectangle of traffic: every port of the one range with every address of the other. */
export interface Block {
  ports: Range;
  peers: Range;
}

/** IPv4 traffic of one protocol between something and its peers. */
export interface Flow {
  /** The protocol's IANA number: see `protocols`. */
  protocol: number;
  /** Destination ports, or `anyPort` for a protocol without ports. For ICMP they are its types. */
  ports: Range;
  /** The addresses at the other end. */
  peers: Range[];
}

/** https://www.iana.org/assignments/protocol-numbers */
export const protocols = { icmp: 1, tcp: 6, udp: 17, esp: 50 } as const;

export const anyPort: Range = { first: 0, last: 65535 };

export const port = (first: number, last = first): Range => ({ first, last });

/** The addresses of a range in CIDR notation. */
export const addressesOf = ({ base, prefix }: Cidr): Range => ({
  first: base,
  last: base + 2 ** (32 - prefix) - 1,
});

/** How many addresses a block spans. */
export const addressCount = ({ peers }: Block): number => peers.last - peers.first + 1;

const meet = (a: Range, b: Range): Range | undefined => {
  const both = { first: Math.max(a.first, b.first), last: Math.min(a.last, b.last) };
  return both.first <= both.last ? both : undefined;
};

/** What of `a` is before and after `b`. */
const outside = (a: Range, b: Range): Range[] =>
  [
    { first: a.first, last: b.first - 1 },
    { first: b.last + 1, last: a.last },
  ].filter(({ first, last }) => first <= last);

/** The traffic two blocks share, or undefined when they share none. */
export function intersect(a: Block, b: Block): Block | undefined {
  const ports = meet(a.ports, b.ports);
  const peers = meet(a.peers, b.peers);
  return ports && peers && { ports, peers };
}

/** What is left of a block without another, in blocks that do not overlap. */
export function subtract(from: Block, taken: Block): Block[] {
  const both = intersect(from, taken);
  if (!both) return [from];
  return [
    ...outside(from.ports, both.ports).map((ports) => ({ ports, peers: from.peers })),
    ...outside(from.peers, both.peers).map((peers) => ({ ports: both.ports, peers })),
  ];
}

/** A flow as blocks. */
export const blocksOf = ({ ports, peers }: Flow): Block[] => peers.map((range) => ({ ports, peers: range }));

/** Ranges no host of the internet has: https://www.iana.org/assignments/iana-ipv4-special-registry */
const notInternet = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '224.0.0.0/3',
].map((cidr) => addressesOf(parseCidr(cidr)));

/** The addresses of the internet: all but private, shared, local and multicast ones. */
export const internet: Range[] = notInternet.reduce(
  (left, taken) => left.flatMap((range) => (meet(range, taken) ? outside(range, taken) : [range])),
  [{ first: 0, last: 0xffffffff }],
);
