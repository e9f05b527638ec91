import type { VpcEndpoint } from '@aws-sdk/client-ec2';
import { describe, expect, it } from '@jest/globals';
import { vpceS3Gateway } from '../../../../../functions/network-verifier/checks/s3-gateway.ts';
import {
  vpceDnsConflict,
  vpcePending,
} from '../../../../../functions/network-verifier/checks/vpce-health.ts';
import {
  vpceEcrApi,
  vpceEcrDkr,
  vpceSts,
} from '../../../../../functions/network-verifier/checks/vpce-needed.ts';
import { vpcePolicy } from '../../../../../functions/network-verifier/checks/vpce-policy.ts';
import {
  vpceSecurityGroup,
  vpceSubnetCoverage,
} from '../../../../../functions/network-verifier/checks/vpce-reach.ts';
import type { NetworkCheck } from '../../../../../functions/network-verifier/network-facts.ts';
import {
  endpoint,
  endpointGroupId,
  group,
  neededEndpoints,
  privateSubnet,
  privateSubnetId,
  subnet,
  verifyIn,
} from '../../../../support/fakes/network.ts';

const zero = { zero_egress: true };
const absent = { status: 'warning', details: { reason_code: 'value_absent' } };
const statuses = async (check: NetworkCheck, endpoints: VpcEndpoint[], requirements = {}) =>
  (await verifyIn(check, { endpoints }, requirements)).map(({ status }) => status);

describe.each([
  ['sts', vpceSts],
  ['ecr.api', vpceEcrApi],
  ['ecr.dkr', vpceEcrDkr],
] as const)('the endpoint for %s', (service, check) => {
  it.each<[string[], object, VpcEndpoint[]]>([
    [['passed'], zero, [endpoint(service)]],
    [['failed'], zero, []],
    [['failed'], zero, [endpoint(service, { State: 'PendingAcceptance' })]],
    [['failed'], zero, [endpoint(service, { PrivateDnsEnabled: false })]],
    [['failed'], zero, [endpoint(service, { ServiceName: `com.amazonaws.eu-west-1.${service}` })]],
    [['passed'], zero, [endpoint(service, { PrivateDnsEnabled: false }), endpoint(service)]],
    [[], {}, []],
    [['passed'], {}, [endpoint(service)]],
    [[], {}, [endpoint(service, { PrivateDnsEnabled: false, State: 'Failed' })]],
    [['failed'], {}, [endpoint(service, { State: 'Failed' })]],
  ])('is %j for %j in case %#', async (expected, requirements, endpoints) => {
    expect(await statuses(check, endpoints, requirements)).toEqual(expected);
  });

  it('is named in the command that makes it', async () => {
    const [result] = await verifyIn(check, { endpoints: [] }, zero);
    expect(result?.message).toContain(`--service-name com.amazonaws.us-east-1.${service}`);
  });

  it('is not determined when AWS tells no state', async () => {
    const results = await verifyIn(check, { endpoints: [endpoint(service, { State: undefined })] }, zero);
    expect(results).toMatchObject([absent]);
  });
});

describe('vpce_s3_gateway', () => {
  const ofInterface = (PrivateDnsEnabled: boolean) =>
    endpoint('s3', { VpcEndpointType: 'Interface', PrivateDnsEnabled });

  it.each<[string[], object, VpcEndpoint[]]>([
    [['passed'], zero, [endpoint('s3')]],
    [['passed'], zero, [ofInterface(true)]],
    [['warning'], zero, [ofInterface(false)]],
    [['failed'], zero, []],
    [['failed'], zero, [endpoint('s3', { State: 'Deleting' })]],
    [[], {}, []],
  ])('is %j for %j in case %#', async (expected, requirements, endpoints) => {
    expect(await statuses(vpceS3Gateway, endpoints, requirements)).toEqual(expected);
  });
});

describe('vpce_pending', () => {
  it.each<[string, VpcEndpoint[]]>([
    ['passed', neededEndpoints()],
    ['failed', [endpoint('sts', { State: 'Rejected' })]],
    ['failed', [endpoint('s3', { State: 'Failed' })]],
    ['warning', [endpoint('logs', { State: 'Failed' })]],
    ['warning', [endpoint('sts', { State: 'Pending' })]],
  ])('is %s in case %#', async (status, endpoints) => {
    expect(await statuses(vpcePending, endpoints)).toEqual([status]);
  });

  it('gives the reason AWS gives', async () => {
    const broken = endpoint('sts', { State: 'Failed', LastError: { Message: 'no addresses left' } });
    const [result] = await verifyIn(vpcePending, { endpoints: [broken] });
    expect(result?.message).toContain('(no addresses left)');
  });
});

describe('vpce_dns_conflict', () => {
  it.each<[string, VpcEndpoint[]]>([
    ['passed', neededEndpoints()],
    ['passed', [endpoint('sts'), endpoint('sts', { PrivateDnsEnabled: false })]],
    ['warning', [endpoint('sts'), endpoint('sts', { VpcEndpointId: 'vpce-2' })]],
  ])('is %s in case %#', async (status, endpoints) => {
    expect(await statuses(vpceDnsConflict, endpoints)).toEqual([status]);
  });
});

describe('vpce_subnet_coverage', () => {
  it.each([
    ['passed', 'us-east-1a'],
    ['warning', 'us-east-1b'],
  ])('is %s for an endpoint in %s', async (status, AvailabilityZone) => {
    const network = {
      endpoints: [endpoint('sts', { SubnetIds: ['subnet-other'] })],
      otherSubnets: [subnet('subnet-other', { AvailabilityZone })],
    };
    expect(await verifyIn(vpceSubnetCoverage, network, zero)).toMatchObject([
      { status, resourceId: 'vpce-sts' },
    ]);
  });

  it('says nothing of endpoints that nodes are not sent to', async () => {
    expect(await statuses(vpceSubnetCoverage, [endpoint('logs'), endpoint('s3')], zero)).toEqual([]);
    expect(await statuses(vpceSubnetCoverage, [endpoint('sts', { PrivateDnsEnabled: false })])).toEqual([]);
  });
});

describe('vpce_security_group', () => {
  const judged = (rule: object, requirements: object = zero, prefixLists = {}) => {
    const IpPermissions = [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, ...rule }];
    const network = {
      endpoints: [endpoint('sts')],
      securityGroups: [group(endpointGroupId, { IpPermissions })],
      prefixLists,
    };
    return verifyIn(vpceSecurityGroup, network, requirements, [privateSubnetId]);
  };
  const fromNodes = { UserIdGroupPairs: [{ GroupId: 'sg-nodes' }] };
  const fromList = { PrefixListIds: [{ PrefixListId: 'pl-1' }] };

  it.each<[string, object, object, object]>([
    ['passed', { IpRanges: [{ CidrIp: '10.0.0.0/16' }] }, zero, {}],
    ['passed', { IpRanges: [{ CidrIp: '10.0.0.0/24' }] }, zero, {}],
    ['passed', fromNodes, { ...zero, additional_security_group_ids: ['sg-nodes'] }, {}],
    ['passed', fromList, zero, { 'pl-1': ['10.0.0.0/16'] }],
    ['warning', fromNodes, zero, {}],
    ['failed', fromList, zero, { 'pl-1': ['192.168.0.0/16'] }],
    ['failed', { IpRanges: [{ CidrIp: '10.0.0.0/25' }] }, zero, {}],
    ['failed', { IpRanges: [{ CidrIp: '0.0.0.0/0' }], FromPort: 80, ToPort: 80 }, zero, {}],
    ['failed', { IpRanges: [] }, {}, {}],
  ])('is %s in case %#', async (status, rule, requirements, lists) => {
    expect(await judged(rule, requirements, lists)).toMatchObject([
      { status, resourceId: 'vpce-sts', details: { security_group_ids: [endpointGroupId] } },
    ]);
  });

  it.each([
    ['no groups', { Groups: undefined }],
    ['a group it does not show', { Groups: [{ GroupId: 'sg-hidden' }] }],
  ])('is not determined when AWS tells %s', async (_, rest) => {
    const results = await verifyIn(vpceSecurityGroup, { endpoints: [endpoint('sts', rest)] }, zero);
    expect(results).toMatchObject([absent]);
  });
});

describe('vpce_policy', () => {
  const statement = { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' };
  const policy = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });

  it.each([
    ['passed', policy(statement)],
    ['passed', policy({ ...statement, Principal: { AWS: '*' }, Action: ['*'] })],
    ['passed', JSON.stringify({ Statement: statement })],
    ['warning', policy(statement, { ...statement, Effect: 'Deny', Action: 's3:PutObject' })],
    ['warning', policy({ ...statement, Resource: 'arn:aws:s3:::mine/*' })],
    ['warning', policy({ ...statement, Principal: { AWS: 'arn:aws:iam::1:root' } })],
    ['warning', policy({ ...statement, Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } })],
    ['warning', 'not JSON'],
    ['warning', undefined],
  ])('is %s for %s', async (status, PolicyDocument) => {
    expect(await statuses(vpcePolicy, [endpoint('s3', { PolicyDocument })])).toEqual([status]);
  });

  it('judges endpoints the cluster uses and no others', async () => {
    const narrowed = { PolicyDocument: policy({ ...statement, Action: 'logs:*' }) };
    expect(await statuses(vpcePolicy, [endpoint('logs', narrowed), endpoint('sts', narrowed)], zero)).toEqual(
      ['warning'],
    );
  });
});

it('a zero-egress network in order has nothing but passes', async () => {
  const checks = [
    vpceSts,
    vpceEcrApi,
    vpceEcrDkr,
    vpceS3Gateway,
    vpceSubnetCoverage,
    vpceSecurityGroup,
    vpcePolicy,
  ];
  const network = { endpoints: neededEndpoints(), subnets: [privateSubnet()] };
  const results = await Promise.all(checks.map((check) => verifyIn(check, network, zero, [privateSubnetId])));
  expect(new Set(results.flat().map(({ status }) => status))).toEqual(new Set(['passed']));
});
