import type { IpPermission } from '@aws-sdk/client-ec2';
import { describe, expect, it } from '@jest/globals';
import { parseCidr } from '../../../../shared/network/cidr.ts';
import { groupCoverage, type RuleContext } from '../../../../shared/network/security-group.ts';
import { addressesOf, anyPort, type Flow, port, protocols } from '../../../../shared/network/traffic.ts';

const flow = (...cidrs: string[]): Flow => ({
  protocol: protocols.tcp,
  ports: port(443),
  peers: cidrs.map((cidr) => addressesOf(parseCidr(cidr))),
});
const nodes = flow('10.0.64.0/19', '10.0.96.0/19');
const context: RuleContext = {
  prefixLists: new Map([['pl-nodes', [parseCidr('10.0.0.0/16')]]]),
  peerGroups: ['sg-nodes'],
};
const https = (rest: IpPermission): IpPermission => ({
  IpProtocol: 'tcp',
  FromPort: 443,
  ToPort: 443,
  ...rest,
});
const from = (...cidrs: string[]): IpPermission => ({ IpRanges: cidrs.map((CidrIp) => ({ CidrIp })) });
const covered = (rules: IpPermission[], asked = nodes) =>
  groupCoverage(rules, asked, context).uncovered.length === 0;

describe('the rules of security groups', () => {
  it.each<[string, IpPermission[]]>([
    ['for the range of the peers', [https(from('10.0.0.0/16'))]],
    ['for everyone', [https(from('0.0.0.0/0'))]],
    [
      'for each of the ranges, in rules of two groups',
      [https(from('10.0.64.0/19')), https(from('10.0.96.0/19'))],
    ],
    ['for halves of a range', [https(from('10.0.64.0/20', '10.0.80.0/20', '10.0.96.0/19'))]],
    ['for all protocols', [{ IpProtocol: '-1', ...from('10.0.0.0/8') }]],
    ['for more ports', [{ IpProtocol: 'tcp', FromPort: 0, ToPort: 65535, ...from('10.0.0.0/8') }]],
    ['for TCP by its number', [{ IpProtocol: '6', FromPort: 443, ToPort: 443, ...from('10.0.0.0/8') }]],
    ['without ports', [{ IpProtocol: 'tcp', ...from('10.0.0.0/8') }]],
    ['for a prefix list', [https({ PrefixListIds: [{ PrefixListId: 'pl-nodes' }] })]],
    ['for a group of the peers', [https({ UserIdGroupPairs: [{ GroupId: 'sg-nodes' }] })]],
  ])('allow a flow %s', (_, rules) => {
    expect(covered(rules)).toBe(true);
  });

  it.each<[string, IpPermission[]]>([
    ['none', []],
    ['another port', [{ IpProtocol: 'tcp', FromPort: 80, ToPort: 80, ...from('0.0.0.0/0') }]],
    ['another protocol', [{ IpProtocol: 'udp', FromPort: 443, ToPort: 443, ...from('0.0.0.0/0') }]],
    ['an equal base with a longer prefix', [https(from('10.0.64.0/20'))]],
    ['one of two ranges', [https(from('10.0.64.0/19'))]],
    ['IPv6', [https({ Ipv6Ranges: [{ CidrIpv6: '::/0' }] })]],
    ['another group', [https({ UserIdGroupPairs: [{ GroupId: 'sg-others' }] })]],
    ['a list nobody knows', [https({ PrefixListIds: [{ PrefixListId: 'pl-new' }] })]],
    ['ICMP', [{ IpProtocol: 'icmp', FromPort: -1, ToPort: -1, ...from('0.0.0.0/0') }]],
  ])('do not allow it by %s', (_, rules) => {
    expect(covered(rules)).toBe(false);
  });

  it('tell what is not allowed', () => {
    const { uncovered } = groupCoverage([https(from('10.0.64.0/19'))], nodes, context);
    expect(uncovered).toEqual([{ ports: port(443), peers: addressesOf(parseCidr('10.0.96.0/19')) }]);
  });

  it('tell the groups and the unknown lists that might let it through, those of other ports aside', () => {
    const rules = [
      https({ UserIdGroupPairs: [{ GroupId: 'sg-others' }], PrefixListIds: [{ PrefixListId: 'pl-new' }] }),
      { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, UserIdGroupPairs: [{ GroupId: 'sg-ssh' }] },
    ];
    expect(groupCoverage(rules, nodes, context)).toMatchObject({
      allowedGroups: ['sg-others'],
      unknownLists: ['pl-new'],
    });
  });

  it.each<[string, number, number, boolean]>([
    ['all types', -1, -1, true],
    ['one type', 8, -1, false],
  ])('allow ICMP by a rule for %s: %s', (_, FromPort, ToPort, allowed) => {
    const asked: Flow = { ...nodes, protocol: protocols.icmp, ports: anyPort };
    expect(covered([{ IpProtocol: 'icmp', FromPort, ToPort, ...from('0.0.0.0/0') }], asked)).toBe(allowed);
  });
});
