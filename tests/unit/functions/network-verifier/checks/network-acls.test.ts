import type { NetworkAclEntry } from '@aws-sdk/client-ec2';
import { describe, expect, it } from '@jest/globals';
import {
  naclEgress443,
  naclIngressEphemeral,
  naclPublicIngress,
} from '../../../../../functions/network-verifier/checks/nacl-internet.ts';
import { naclIntraVpc } from '../../../../../functions/network-verifier/checks/nacl-intra-vpc.ts';
import {
  acl,
  aclRule,
  mainTable,
  privateAcl,
  privateAclId,
  privateSubnet,
  privateSubnetId,
  publicAcl,
  publicAclId,
  subnet,
  verifyIn,
} from '../../../../support/fakes/network.ts';

const deny = (rest: NetworkAclEntry) => aclRule(90, 'deny', rest);
const tcp = (from: number, to = from): NetworkAclEntry => ({
  Protocol: '6',
  PortRange: { From: from, To: to },
});
const out = { Egress: true };
const zero = { zero_egress: true };
const unknown = { status: 'warning', details: { reason_code: 'value_absent' } };

describe.each([naclEgress443, naclIngressEphemeral, naclIntraVpc])('$name', (check) => {
  it('is not determined for a subnet without an ACL, and for one without rules', async () => {
    for (const networkAcls of [[], [{ ...privateAcl(), Entries: undefined }]]) {
      expect(await verifyIn(check, { networkAcls }, {}, [privateSubnetId])).toMatchObject([unknown]);
    }
  });
});

describe('nacl_egress_443', () => {
  it.each<[string, NetworkAclEntry[], object]>([
    ['passed', [], {}],
    ['failed', [deny({ ...out, ...tcp(443) })], {}],
    ['failed', [deny({ ...out, CidrBlock: '0.0.0.0/1' })], {}],
    ['failed', [deny({ ...out, CidrBlock: '52.0.0.0/7' })], {}],
    ['warning', [deny({ ...out, CidrBlock: '198.51.100.0/24' })], {}],
    ['passed', [deny({ ...out, CidrBlock: '192.168.0.0/16' })], {}],
    ['passed', [deny({ ...out, ...tcp(80) })], {}],
    ['passed', [deny({ ...out, CidrBlock: '52.0.0.0/7' })], zero],
    ['failed', [deny({ ...out, CidrBlock: '10.0.0.0/8' })], zero],
    ['warning', [deny({ ...out, CidrBlock: '10.0.0.0/17' })], zero],
  ])('is %s for %j and %j', async (status, rules, requirements) => {
    const results = await verifyIn(naclEgress443, { networkAcls: [privateAcl(...rules)] }, requirements);
    expect(results).toMatchObject([
      { status, resourceId: privateAclId, details: { denied_by_rules: status === 'passed' ? [] : [90] } },
    ]);
  });

  it('fails an ACL that allows the private ranges only', async () => {
    const Entries = [aclRule(100, 'allow', { ...out, CidrBlock: '10.0.0.0/8' }), aclRule(32767, 'deny', out)];
    const networkAcls = [{ ...privateAcl(), Entries }];
    expect(await verifyIn(naclEgress443, { networkAcls })).toMatchObject([
      { status: 'failed', message: expect.stringContaining('rule 32767') },
    ]);
  });
});

describe('nacl_ingress_ephemeral', () => {
  it.each<[string, NetworkAclEntry[]]>([
    ['passed', []],
    ['failed', [deny(tcp(1024, 65535))]],
    ['failed', [deny(tcp(32768, 60999))]],
    ['failed', [deny(tcp(40000, 50000))]],
    ['warning', [deny(tcp(3389))]],
    ['warning', [deny(tcp(33060))]],
    ['passed', [deny(tcp(22))]],
    ['passed', [deny({ ...tcp(1024, 65535), ...out })]],
  ])('is %s for %j', async (status, rules) => {
    const results = await verifyIn(naclIngressEphemeral, { networkAcls: [privateAcl(...rules)] });
    expect(results).toMatchObject([{ status, resourceId: privateAclId }]);
  });
});

describe('nacl_public_ingress', () => {
  const judged = (rules: NetworkAclEntry[], requirements: object = { private: false }) =>
    verifyIn(naclPublicIngress, { networkAcls: [privateAcl(), publicAcl(...rules)] }, requirements);

  it.each<[string[], NetworkAclEntry[]]>([
    [['passed', 'passed'], []],
    [['failed', 'passed'], [deny(tcp(80))]],
    [['passed', 'failed'], [deny(tcp(443))]],
    [['warning', 'warning'], [deny({ CidrBlock: '0.0.0.0/1' })]],
  ])('is %j for %j', async (expected, rules) => {
    const results = await judged(rules);
    expect(results.map(({ status }) => status)).toEqual(expected);
    expect(results[0]?.resourceId).toBe(publicAclId);
  });

  it('says nothing of a private cluster', async () => {
    expect(await judged([deny(tcp(443))], { private: true })).toEqual([]);
  });
});

describe('nacl_intra_vpc', () => {
  const second = 'subnet-0000000000000000c';
  const judged = (rules: NetworkAclEntry[]) =>
    verifyIn(
      naclIntraVpc,
      {
        subnets: [privateSubnet(), subnet(second, { CidrBlock: '10.0.2.0/24' })],
        routeTables: [mainTable()],
        networkAcls: [privateAcl(...rules), acl('acl-2', second)],
      },
      {},
      [privateSubnetId, second],
    );

  it.each<[string, NetworkAclEntry[]]>([
    ['passed', []],
    ['failed', [deny({ CidrBlock: '10.0.2.0/24' })]],
    ['failed', [deny({ ...out, CidrBlock: '10.0.0.0/16' })]],
    ['failed', [deny(tcp(10250))]],
    ['failed', [deny({ Protocol: '17', PortRange: { From: 6081, To: 6081 } })]],
    ['warning', [deny(tcp(22))]],
    ['warning', [deny({ Protocol: '1', IcmpTypeCode: { Type: -1, Code: -1 } })]],
    ['warning', [deny(tcp(33060))]],
    ['passed', [deny({ CidrBlock: '10.0.9.0/24' })]],
    // What stays within the subnet passes no ACL.
    ['passed', [deny({ CidrBlock: '10.0.0.0/24' })]],
  ])('is %s for %j', async (status, rules) => {
    const results = await judged(rules);
    expect(results).toMatchObject([
      { status, resourceId: privateAclId },
      { status: 'passed', resourceId: 'acl-2' },
    ]);
  });

  it('names what is dropped, which way and by which rule', async () => {
    const [result] = await judged([deny(tcp(10250))]);
    expect(result?.details).toMatchObject({
      dropped: ['inbound tcp 10250 (the kubelet)'],
      denied_by_rules: [90],
    });
  });

  it('says nothing with one private subnet', async () => {
    expect(
      await verifyIn(naclIntraVpc, { networkAcls: [privateAcl(deny({}))] }, {}, [privateSubnetId]),
    ).toEqual([]);
  });
});
