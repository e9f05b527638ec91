import type { NetworkAclEntry } from '@aws-sdk/client-ec2';
import { describe, expect, it } from '@jest/globals';
import { parseCidr } from '../../../../shared/network/cidr.ts';
import { deniedByAcl, finalRule } from '../../../../shared/network/network-acl.ts';
import {
  addressesOf,
  anyPort,
  type Flow,
  internet,
  port,
  protocols,
  type Range,
} from '../../../../shared/network/traffic.ts';

const rule = (
  RuleNumber: number,
  RuleAction: 'allow' | 'deny',
  rest: NetworkAclEntry = {},
): NetworkAclEntry => ({
  RuleNumber,
  RuleAction,
  Egress: true,
  Protocol: '-1',
  CidrBlock: '0.0.0.0/0',
  ...rest,
});
const tcp = (from: number, to = from): NetworkAclEntry => ({
  Protocol: '6',
  PortRange: { From: from, To: to },
});
const star = rule(finalRule, 'deny');

const flow = (cidr = '0.0.0.0/0', ports: Range = port(443), protocol: number = protocols.tcp): Flow => ({
  protocol,
  ports,
  peers: [addressesOf(parseCidr(cidr))],
});
const denied = (entries: NetworkAclEntry[], asked: Flow = flow()) => deniedByAcl(entries, 'outbound', asked);
const rules = (entries: NetworkAclEntry[], asked?: Flow) => denied(entries, asked).map((block) => block.rule);

describe('a network ACL', () => {
  describe('lets all of a flow through', () => {
    const cases: [string, NetworkAclEntry[], Flow?][] = [
      ['by a rule for everything', [rule(100, 'allow'), star]],
      ['by a rule for the port', [rule(100, 'allow', tcp(443)), star]],
      [
        'by two rules that share the ports',
        [rule(100, 'allow', tcp(400, 443)), rule(101, 'allow', tcp(444, 500)), star],
        flow('10.0.0.0/8', port(410, 490)),
      ],
      [
        'by two rules that share the addresses',
        [rule(1, 'allow', { CidrBlock: '0.0.0.0/1' }), rule(2, 'allow', { CidrBlock: '128.0.0.0/1' }), star],
      ],
      ['when the denial comes after', [rule(100, 'allow'), rule(200, 'deny', tcp(443)), star]],
      [
        'when the denial is listed first and numbered later',
        [rule(200, 'deny', tcp(443)), star, rule(100, 'allow')],
      ],
      ['when another port is denied', [rule(90, 'deny', tcp(80)), rule(100, 'allow'), star]],
      ['when another protocol is denied', [rule(90, 'deny', { Protocol: '17' }), rule(100, 'allow'), star]],
      ['when the other direction is denied', [rule(90, 'deny', { Egress: false }), rule(100, 'allow'), star]],
      [
        'when IPv6 is denied',
        [rule(90, 'deny', { CidrBlock: undefined, Ipv6CidrBlock: '::/0' }), rule(100, 'allow'), star],
      ],
      [
        'when a network elsewhere is denied',
        [rule(90, 'deny', { CidrBlock: '192.168.0.0/16' }), rule(100, 'allow'), star],
        flow('10.0.0.0/8'),
      ],
      [
        'of a protocol without ports',
        [rule(100, 'allow', { Protocol: '50' }), star],
        flow('10.0.0.0/8', anyPort, protocols.esp),
      ],
      [
        'of ICMP by a rule for all types',
        [rule(100, 'allow', { Protocol: '1', IcmpTypeCode: { Type: -1, Code: -1 } }), star],
        flow('10.0.0.0/8', anyPort, protocols.icmp),
      ],
    ];
    it.each(cases.map(([name, entries, asked]) => ({ name, entries, asked })))(
      '$name',
      ({ entries, asked }) => {
        expect(denied(entries, asked)).toEqual([]);
      },
    );
  });

  describe('names the rule that drops a flow', () => {
    const cases: [string, NetworkAclEntry[], number[], Flow?][] = [
      ['an earlier denial', [rule(90, 'deny', tcp(443)), rule(100, 'allow'), star], [90]],
      ['the last rule, listed', [rule(100, 'allow', tcp(80)), star], [finalRule]],
      ['the last rule, not listed', [rule(100, 'allow', tcp(80))], [finalRule]],
      ['no rule at all', [], [finalRule]],
      [
        'a rule without an action',
        [{ ...rule(90, 'allow'), RuleAction: undefined }, rule(100, 'allow')],
        [90],
      ],
      [
        'an allowance for UDP alone',
        [rule(100, 'allow', { ...tcp(443), Protocol: '17' }), star],
        [finalRule],
      ],
      [
        'an allowance for one ICMP type',
        [rule(100, 'allow', { Protocol: '1', IcmpTypeCode: { Type: 8, Code: 0 } }), star],
        [finalRule, finalRule],
        flow('10.0.0.0/8', anyPort, protocols.icmp),
      ],
    ];
    const named = cases.map(([name, entries, expected, asked]) => ({ name, entries, expected, asked }));
    it.each(named)('$name', ({ entries, expected, asked }) => {
      expect(rules(entries, asked)).toEqual(expected);
    });
  });

  it('tells which ports of a range are dropped', () => {
    const ephemeral = flow('10.0.0.0/8', port(1024, 65535));
    const entries = [rule(90, 'deny', tcp(3389)), rule(100, 'allow', tcp(1024, 60000)), star];
    expect(denied(entries, ephemeral).map(({ ports, rule: by }) => [ports.first, ports.last, by])).toEqual([
      [3389, 3389, 90],
      [60001, 65535, finalRule],
    ]);
  });

  it('tells which addresses are dropped', () => {
    const entries = [
      rule(90, 'deny', { CidrBlock: '10.1.0.0/16' }),
      rule(100, 'allow', { CidrBlock: '10.0.0.0/15' }),
      star,
    ];
    expect(denied(entries, flow('10.0.0.0/14')).map(({ peers, rule: by }) => [peers, by])).toEqual([
      [addressesOf(parseCidr('10.1.0.0/16')), 90],
      [addressesOf(parseCidr('10.2.0.0/15')), finalRule],
    ]);
  });

  it('judges several ranges of peers at once', () => {
    const asked: Flow = { protocol: protocols.tcp, ports: port(443), peers: internet };
    expect(rules([rule(100, 'allow', tcp(443)), star], asked)).toEqual([]);
    expect(rules([rule(100, 'allow', { CidrBlock: '10.0.0.0/8' }), star], asked)).toHaveLength(
      internet.length,
    );
  });

  it('tells inbound from outbound', () => {
    const entries = [rule(100, 'allow', { Egress: false }), star];
    expect(deniedByAcl(entries, 'inbound', flow())).toEqual([]);
    expect(deniedByAcl(entries, 'outbound', flow())).toHaveLength(1);
  });
});
