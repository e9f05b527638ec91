import type { IpPermission, NetworkAclEntry, Route } from '@aws-sdk/client-ec2';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { routeTo } from '../../../../functions/network-verifier/routing.ts';
import { containsAddress, formatCidr, overlaps, parseCidr } from '../../../../shared/network/cidr.ts';
import { deniedByAcl } from '../../../../shared/network/network-acl.ts';
import { groupCoverage } from '../../../../shared/network/security-group.ts';
import { type Block, protocols } from '../../../../shared/network/traffic.ts';

// In a space of 8 ports and 8 addresses every packet can be tried, and the answer be worked out packet by packet.
const space = '10.0.0.0/29';
const { base } = parseCidr(space);
const numbers = [0, 1, 2, 3, 4, 5, 6, 7];
const packets = numbers.flatMap((port) => numbers.map((host) => ({ port, address: base + host })));
const flow = {
  protocol: protocols.tcp,
  ports: { first: 0, last: 7 },
  peers: [{ first: base, last: base + 7 }],
};

const cidrs = fc
  .record({ host: fc.integer({ min: 0, max: 7 }), prefix: fc.integer({ min: 28, max: 32 }) })
  .map(({ host, prefix }) => formatCidr(parseCidr(`10.0.0.${host}/${prefix}`)));
const ports = fc
  .tuple(fc.integer({ min: 0, max: 7 }), fc.integer({ min: 0, max: 7 }))
  .map(([a, b]) => ({ From: Math.min(a, b), To: Math.max(a, b) }));

const holds = (cidr: string, address: number): boolean => containsAddress(parseCidr(cidr), address);
const isIn = (blocks: Block[], { port, address }: (typeof packets)[number]): boolean =>
  blocks.some(
    (block) =>
      block.ports.first <= port &&
      port <= block.ports.last &&
      block.peers.first <= address &&
      address <= block.peers.last,
  );

describe('a network ACL', () => {
  const rules = fc.array(
    fc.record({
      RuleAction: fc.constantFrom('allow' as const, 'deny' as const),
      Egress: fc.boolean(),
      Protocol: fc.constantFrom('6', '17', '-1'),
      CidrBlock: cidrs,
      PortRange: ports,
    }),
    { maxLength: 8 },
  );

  /** The first rule that matches a packet decides; none denies it. */
  const isDenied = (entries: NetworkAclEntry[], { port, address }: (typeof packets)[number]): boolean => {
    const first = entries.find(
      ({ Egress, Protocol, CidrBlock = '', PortRange }) =>
        Egress === false &&
        holds(CidrBlock, address) &&
        (Protocol === '-1' ||
          (Protocol === '6' && Number(PortRange?.From) <= port && port <= Number(PortRange?.To))),
    );
    return first?.RuleAction !== 'allow';
  };

  it('drops exactly the packets whose first matching rule denies them', () =>
    fc.assert(
      fc.property(rules, (made) => {
        const entries = made.map((rule, index): NetworkAclEntry => ({ ...rule, RuleNumber: index + 1 }));
        // The order of an answer says nothing: rules go by their numbers.
        const denied = deniedByAcl(entries.toReversed(), 'inbound', flow);
        expect(packets.filter((packet) => isIn(denied, packet))).toEqual(
          packets.filter((packet) => isDenied(entries, packet)),
        );
      }),
      { numRuns: 300 },
    ));
});

describe('security groups', () => {
  const rules = fc.array(
    fc.record({ protocol: fc.constantFrom('tcp', 'udp', '-1'), cidr: cidrs, range: ports }),
    { maxLength: 6 },
  );

  it('let in exactly the packets that some rule allows', () =>
    fc.assert(
      fc.property(rules, (made) => {
        const permissions = made.map(
          ({ protocol, cidr, range }): IpPermission => ({
            IpProtocol: protocol,
            IpRanges: [{ CidrIp: cidr }],
            ...(protocol !== '-1' && { FromPort: range.From, ToPort: range.To }),
          }),
        );
        const isAllowed = ({ port, address }: (typeof packets)[number]) =>
          made.some(
            ({ protocol, cidr, range }) =>
              holds(cidr, address) &&
              (protocol === '-1' || (protocol === 'tcp' && range.From <= port && port <= range.To)),
          );
        const { uncovered } = groupCoverage(permissions, flow, { prefixLists: new Map(), peerGroups: [] });
        expect(packets.filter((packet) => !isIn(uncovered, packet))).toEqual(packets.filter(isAllowed));
      }),
      { numRuns: 300 },
    ));
});

describe('a route table', () => {
  const destinations = fc.uniqueArray(cidrs, { maxLength: 8 });

  it('sends a packet by the longest of the prefixes that hold its address', () =>
    fc.assert(
      fc.property(destinations, fc.integer({ min: 0, max: 7 }), (made, host) => {
        const address = base + host;
        const Routes = made.map((DestinationCidrBlock): Route => ({ DestinationCidrBlock, State: 'active' }));
        const longest = made
          .filter((cidr) => holds(cidr, address))
          .reduce<string | undefined>(
            (best, cidr) => (best && parseCidr(best).prefix >= parseCidr(cidr).prefix ? best : cidr),
            undefined,
          );
        expect(routeTo({ Routes }, address)?.DestinationCidrBlock).toBe(longest);
      }),
      { numRuns: 300 },
    ));
});

describe('ranges', () => {
  it('overlap exactly when they share an address', () =>
    fc.assert(
      fc.property(cidrs, cidrs, (a, b) => {
        const shared = Array.from({ length: 16 }, (_, host) => base + host).some(
          (address) => holds(a, address) && holds(b, address),
        );
        expect(overlaps(parseCidr(a), parseCidr(b))).toBe(shared);
      }),
      { numRuns: 300 },
    ));

  it('are read back as they are written', () =>
    fc.assert(
      fc.property(fc.nat(0xffffffff), fc.integer({ min: 0, max: 32 }), (address, prefix) => {
        const text = [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.');
        const range = parseCidr(`${text}/${prefix}`);
        expect(parseCidr(formatCidr(range))).toEqual(range);
        expect(containsAddress(range, address)).toBe(true);
      }),
      { numRuns: 300 },
    ));
});
